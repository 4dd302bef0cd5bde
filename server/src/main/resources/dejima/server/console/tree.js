// Inclusion in the log's tree (RFC 9162 §2.1.3.2), with both ends bound: the index inside the tree
// before anything else, nothing left over last.
import { canonical, requireThat, same, sha256, utf8 } from './canonical.js';

const MOST_BODY = 8192;
const LEAF = Uint8Array.of(0, 1);
const NODE = Uint8Array.of(1);

/** The leaf of a body: the log entry is 0x01 and the body's SHA-256. */
export async function leafOf(body) {
  const bytes = utf8(canonical(body));
  requireThat(bytes.length <= MOST_BODY, 'body.long');
  return sha256(LEAF, await sha256(bytes));
}

/** Does the path lead from this body at this index to the root of the tree? */
export async function requireIncluded({ index, body, path }, { size, root }) {
  requireThat(index < size, 'index', { index, size });
  let position = index;
  let last = size - 1n;
  let hash = await leafOf(body);
  for (const step of path) {
    requireThat(last !== 0n, 'path.length');
    if ((position & 1n) === 1n || position === last) {
      hash = await sha256(NODE, step, hash);
      // At the right edge a node without a sibling stands for its ancestors up to the first right child.
      while (position !== 0n && (position & 1n) === 0n) {
        position >>= 1n;
        last >>= 1n;
      }
    } else hash = await sha256(NODE, hash, step);
    position >>= 1n;
    last >>= 1n;
  }
  requireThat(last === 0n, 'path.length');
  requireThat(same(hash, root), 'path.root');
}
