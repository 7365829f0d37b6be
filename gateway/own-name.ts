/** A name in memory of its own: as a part of the text that it was read from it holds on to the whole. */
export const ownName = (name: string): string => Buffer.from(name, 'latin1').toString('latin1');
