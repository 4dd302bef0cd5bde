// The receipt file: a C2SP tlog-proof@v1 whose extra line carries bodies, salt and documents. There is
// exactly one file for each receipt.
import { array, base64, canonical, hasExactly, integer, isObject, readCanonical, requireThat, string, textOf, unbase64, utf8 } from './canonical.js';
import { natural, noteText, readNote } from './notes.js';

const HEADER = 'c2sp.org/tlog-proof@v1';
const LONGEST = 16 << 20;
const MEMBERS = ['body', 'grounds', 'intents', 'policy', 'salt', 'siteFacts', 'v'];
/** From version 3 on, what bears the sites' evidence levels. */
const DOCUMENTS = 'documents';

export function readReceipt(bytes) {
  requireThat(bytes.length <= LONGEST, 'long');
  const text = textOf(bytes);
  const blank = text.indexOf('\n\n');
  requireThat(blank >= 0, 'form');
  const [header, extraLine, indexLine, ...path] = text.slice(0, blank).split('\n');
  requireThat(header === HEADER, 'form.header');
  const extra = readCanonical(unbase64(after('extra ', extraLine)));
  const versioned = extra.v === 3 ? [...MEMBERS, DOCUMENTS] : MEMBERS;
  requireThat(hasExactly(extra, ...versioned) && (extra.v === 2 || extra.v === 3), 'form');
  requireThat(isObject(extra.body) && isObject(extra.policy), 'form');
  const receipt = {
    body: extra.body,
    index: natural(after('index ', indexLine)),
    path: path.map((hash) => unbase64(hash, 32)),
    salt: unbase64(string(extra, 'salt') ?? '', 32),
    intents: proven(extra, 'intents'),
    grounds: proven(extra, 'grounds'),
    policy: policy(extra.policy, extra.v),
    siteFacts: extra.siteFacts,
    carried: extra.v === 3 ? carried(extra.documents) : { folders: {}, texts: {} },
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

const policy = (files, version) => {
  for (const [path, file] of Object.entries(files)) {
    const unhashed = path.startsWith('signatures/');
    requireThat(typeof file === 'string' && (version > 2 || !unhashed), 'form');
    if (unhashed) readNote(file);
  }
  return files;
};

/** Directories, whose files are texts or objects of base64, and single texts, each under its hash. */
const carried = (documents) => {
  requireThat(hasExactly(documents, 'folders', 'texts') && isObject(documents.folders) && isObject(documents.texts), 'form');
  for (const text of Object.values(documents.texts)) requireThat(typeof text === 'string', 'form');
  const folders = {};
  for (const [hash, folder] of Object.entries(documents.folders)) {
    requireThat(isObject(folder), 'form');
    folders[hash] = Object.fromEntries(Object.entries(folder).map(([path, file]) => [path, bytesOfFile(file)]));
  }
  return { folders, texts: documents.texts };
};

/** What is UTF-8 stands as a text, and nothing else does. */
const bytesOfFile = (file) => {
  if (typeof file === 'string') return utf8(file);
  requireThat(hasExactly(file, 'base64') && typeof file.base64 === 'string', 'form');
  const bytes = unbase64(file.base64);
  let text = true;
  try { new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch { text = false; }
  requireThat(!text, 'form');
  return bytes;
};

/** The file of what was read. */
const written = ({ index, path, note }, extra) =>
  [HEADER, `extra ${base64(utf8(canonical(extra)))}`, `index ${index}`, ...path.map(base64), '', noteText(note)].join('\n');
