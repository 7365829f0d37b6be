/**
 * Says what takes its time, to people alone: nothing is written where errors go to a file or to another program.
 *
 * @param text `Composing 8 subgraphs`
 */
export function progress(text: string, out: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr): void {
  if (out.isTTY) out.write(`${text} …\n`);
}
