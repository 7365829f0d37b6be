/** Items in groups of equal mark, groups and items in the order of their first sight. */
export function groupBy<Item, Mark>(items: readonly Item[], markOf: (item: Item) => Mark): Map<Mark, Item[]> {
  const groups = new Map<Mark, Item[]>();
  for (const item of items) {
    const mark = markOf(item);
    const group = groups.get(mark);
    if (group) group.push(item);
    else groups.set(mark, [item]);
  }
  return groups;
}
