/**
 * Makes something once for each text. The longest known is forgotten first: it costs nothing while there is room, and the
 * texts of plans come again as long as their operations are compiled.
 */
export function remember<Value>(max: number, make: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = make(text);
    if (known.size >= max) for (const oldest of known.keys()) if (known.delete(oldest)) break;
    known.set(text, made);
    return made;
  };
}
