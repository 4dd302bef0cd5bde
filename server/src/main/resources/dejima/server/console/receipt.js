// The receipt file: a C2SP tlog-proof@v1 whose extra line carries bodies, salt and documents. There is
// exactly one file for each receipt.
import { array, base64, canonical, hasExactly, integer, isObject, readCanonical, requireThat, string, textOf, unbase64, utf8 } from './canonical.js';
import { natural, noteText, readNote } from './notes.js';

const HEADER = 'c2sp.org/tlog-proof@v1';
const LONGEST = 4 << 20;
const MEMBERS = ['body', 'grounds', 'intents', 'policy', 'salt', 'siteFacts', 'v'];

export function readReceipt(bytes) {
  requireThat(bytes.length <= LONGEST, 'long');
  const text = textOf(bytes);
  const blank = text.indexOf('\n\n');
  requireThat(blank >= 0, 'form');
  const [header, extraLine, indexLine, ...path] = text.slice(0, blank).split('\n');
  requireThat(header === HEADER, 'form.header');
  const extra = readCanonical(unbase64(after('extra ', extraLine)));
  requireThat(hasExactly(extra, ...MEMBERS) && extra.v === 2, 'form');
  requireThat(isObject(extra.body) && isObject(extra.policy), 'form');
  const receipt = {
    body: extra.body,
    index: natural(after('index ', indexLine)),
    path: path.map((hash) => unbase64(hash, 32)),
    salt: unbase64(string(extra, 'salt') ?? '', 32),
    intents: proven(extra, 'intents'),
    grounds: proven(extra, 'grounds'),
    policy: policy(extra.policy),
    siteFacts: extra.siteFacts,
    note: readNote(text.slice(blank + 2)),
  };
  requireThat(written(receipt, extra) === text, 'form');
  return receipt;
}

const after = (word, line) => {
  requireThat(line?.startsWith(word) === true, 'form');
  return line.slice(word.length);
};

const proven = (extra, name) => {
  const entries = array(extra, name);
  requireThat(entries !== undefined, 'form');
  return entries.map((entry) => {
    requireThat(hasExactly(entry, 'index', 'body', 'proof') && isObject(entry.body) && Array.isArray(entry.proof), 'form');
    const index = integer(entry, 'index');
    requireThat(index >= 0 && entry.proof.every((hash) => typeof hash === 'string'), 'form');
    return { index: BigInt(index), body: entry.body, path: entry.proof.map((hash) => unbase64(hash, 32)) };
  });
};

const policy = (files) => {
  for (const [path, file] of Object.entries(files)) requireThat(typeof file === 'string' && !path.startsWith('signatures/'), 'form');
  return files;
};

/** The file of what was read. */
const written = ({ index, path, note }, extra) =>
  [HEADER, `extra ${base64(utf8(canonical(extra)))}`, `index ${index}`, ...path.map(base64), '', noteText(note)].join('\n');
