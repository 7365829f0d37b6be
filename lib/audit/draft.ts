import { type Draft, digestOf, toAsciiJson } from './line.js';
import type { LineScope, Piece } from './piece.js';

/** So many accesses in one line, or so much text: whoever reads one access reads its line. */
const MOST_ACCESSES = 64;
const MOST_TEXT = 65_536;

/**
 * Puts what one commit brings into lines: the accesses to one register of one controller that are deleted on one day are
 * sealed and hashed together. Lines are in the order in which their first accesses came, and so are the accesses of each.
 */
export function draftCommit(items: readonly (Piece | Draft)[]): Draft[] {
  const lines: (OpenLine | Draft)[] = [];
  const open = new Map<LineScope, OpenLine>();
  for (const item of items) {
    if (!('scope' in item)) {
      lines.push(item);
      continue;
    }
    const length = item.open.length + item.secret.length;
    let line = open.get(item.scope);
    if (line === undefined || line.pieces.length === MOST_ACCESSES || line.length + length > MOST_TEXT) {
      line = { scope: item.scope, pieces: [], length: 0 };
      open.set(item.scope, line);
      lines.push(line);
    }
    line.pieces.push(item);
    line.length += length;
  }
  return lines.map((line) => ('scope' in line ? draftLine(line) : line));
}

interface OpenLine {
  readonly scope: LineScope;
  readonly pieces: Piece[];
  length: number;
}

function draftLine({ scope: { register, controller, deleteFrom, sealer }, pieces }: OpenLine): Draft {
  let [accesses, secrets] = ['', ''];
  for (const { open, secret } of pieces) {
    accesses += accesses === '' ? open : `,${open}`;
    secrets += secrets === '' ? secret : `,${secret}`;
  }
  const answering = controller === null ? 'null' : toAsciiJson(controller);
  const facts = `{"register":${toAsciiJson(register)},"controller":${answering},"accesses":[${accesses}]`;
  const { recipient, sender, nonce, data } = sealer.seal(`[${secrets}]`, facts);
  const sealed = `{"recipient":"${recipient}","sender":"${sender}","nonce":"${nonce}","data":"${data}"}`;
  const payload = `${facts},"sealed":${sealed}}`;
  return { kind: 'access', register, deleteFrom, digest: digestOf(payload), payload };
}
