// Signed notes (C2SP signed-note), checkpoints (tlog-checkpoint), cosignatures (tlog-cosignature) and
// the file that says whom its reader trusts (tlog-policy, or one bare vkey).
import { Refused, base64, hex, joined, requireThat, same, sha256, unbase64, utf8 } from './canonical.js';

const LOG = 1;
const WITNESS = 4;
const WITNESS_ML_DSA = 6;
const KEY_LENGTHS = { [LOG]: 32, [WITNESS]: 32, [WITNESS_ML_DSA]: 1312 };
const MOST_SIGNATURES = 64;
const MOST_NOTE = 1 << 16;
const MOST_KEYS = 1 << 20;
const LARGEST = (1n << 63n) - 1n;
const NAME = /^[^\u0000-\u001f\u0085+\p{Z}]+$/u;

/** A number of an index or a size, in its one decimal form. */
export const natural = (text) => {
  requireThat(/^(0|[1-9][0-9]{0,18})$/.test(text) && BigInt(text) <= LARGEST, 'number');
  return BigInt(text);
};

export async function readKey(vkey) {
  const [name, id, ...rest] = vkey.split('+');
  const typed = rest.length > 0 && NAME.test(name) ? unbase64(rest.join('+')) : new Uint8Array();
  requireThat(typed.length > 1 && KEY_LENGTHS[typed[0]] === typed.length - 1, 'key.form');
  const hash = await sha256(utf8(`${name}\n`), typed);
  requireThat(hex(hash.subarray(0, 4)) === id, 'key.hash');
  return { name, id, type: typed[0], bytes: typed.subarray(1) };
}

export function readNote(text) {
  const blank = text.lastIndexOf('\n\n');
  requireThat(text.length <= MOST_NOTE && blank >= 0 && text.endsWith('\n') && !text.endsWith('\n\n'), 'note');
  const signed = text.slice(0, blank + 1);
  requireThat(!/[\u0000-\u0009\u000b-\u001f]/.test(signed), 'note');
  const signatures = text.slice(blank + 2, -1).split('\n').map(readSignature);
  const signers = new Set(signatures.map(({ name, id }) => `${name}+${id}`));
  requireThat(signatures.length <= MOST_SIGNATURES && signers.size === signatures.length, 'note.twice');
  return { text: signed, signatures };
}

function readSignature(line) {
  const space = line.lastIndexOf(' ');
  requireThat(line.startsWith('— ') && space > 2, 'note');
  const name = line.slice(2, space);
  const all = unbase64(line.slice(space + 1));
  requireThat(NAME.test(name) && all.length > 4, 'note');
  return { name, id: hex(all.subarray(0, 4)), signature: all.subarray(4) };
}

/** The three lines of a tree head. Extension lines are refused: nobody audits them. */
export function readCheckpoint(text) {
  const lines = text.split('\n');
  requireThat(lines.length === 4 && lines[3] === '' && lines[0] !== '', 'checkpoint');
  return { origin: lines[0], size: natural(lines[1]), root: unbase64(lines[2], 32) };
}

/** The key of the known log that signed. A bad signature under a known key refuses the whole note. */
export async function logSigner(note, origin, keys) {
  const logs = keys.logs.filter((key) => key.name === origin);
  requireThat(logs.length > 0, 'log.unknown', { origin });
  let signer;
  for (const key of logs) {
    for (const line of note.signatures.filter((one) => isBy(one, key))) {
      requireThat(await ed25519(key, utf8(note.text), line.signature), 'log.signature');
      signer = key;
    }
  }
  requireThat(signer !== undefined, 'log.unsigned', { origin });
  return signer;
}

/** Witnesses whose cosignature holds, and those whose kind of signature no browser can check yet. */
export async function cosigners(note, keys) {
  const seen = [];
  const unseen = [];
  for (const key of keys.witnesses) {
    for (const line of note.signatures.filter((one) => isBy(one, key))) {
      if (key.type === WITNESS_ML_DSA) unseen.push(key);
      else {
        requireThat(await cosigned(key, note.text, line.signature), 'witness.signature', { witness: key.name });
        seen.push(key);
      }
    }
  }
  return { seen, unseen };
}

const isBy = (line, key) => line.name === key.name && line.id === key.id;

/** Eight bytes of time and a signature. Without a time it would not say that the witness saw no larger tree. */
async function cosigned(witness, text, timed) {
  if (timed.length !== 72) return false;
  const time = new DataView(timed.buffer, timed.byteOffset).getBigInt64(0);
  return time > 0n && ed25519(witness, utf8(`cosignature/v1\ntime ${time}\n${text}`), timed.subarray(8));
}

async function ed25519(key, message, signature) {
  let imported;
  try {
    imported = await crypto.subtle.importKey('raw', key.bytes, 'Ed25519', false, ['verify']);
  } catch (error) {
    if (error.name === 'NotSupportedError') throw new Refused('unsupported');
    return false;
  }
  return crypto.subtle.verify('Ed25519', imported, signature, message);
}

export const isMetBy = (quorum, witnesses) => {
  if (quorum === 'none') return true;
  if (quorum.witness) return witnesses.includes(quorum.witness);
  return quorum.members.filter((member) => isMetBy(member, witnesses)).length >= quorum.threshold;
};

/** Whom the reader trusts: logs, witnesses, and which of these must have cosigned. */
export async function readKeys(file) {
  requireThat(file.length <= MOST_KEYS, 'keys', { line: 1 });
  const bare = await readKey(file.trim()).catch(() => undefined);
  if (bare?.type === LOG) return { logs: [bare], witnesses: [], quorum: 'none' };
  const reading = { logs: [], witnesses: [], names: new Map(), grouped: new Set(), quorum: undefined };
  for (const [at, line] of file.split('\n').entries()) {
    try {
      await readKeyLine(line, reading);
    } catch (error) {
      if (error instanceof Refused) throw new Refused('keys', { line: at + 1 });
      throw error;
    }
  }
  requireThat(reading.quorum !== undefined, 'keys.quorum');
  return { logs: reading.logs, witnesses: reading.witnesses, quorum: reading.quorum };
}

async function readKeyLine(line, reading) {
  requireThat(!/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line), 'keys');
  const [word, ...items] = line.replaceAll('\t', ' ').replace(/^ +| +$/g, '').split(/ +/);
  if (word === '' || word.startsWith('#')) return;
  const define = (name, what) => {
    requireThat(name !== 'none' && !reading.names.has(name), 'keys');
    reading.names.set(name, what);
  };
  const named = (name) => {
    requireThat(reading.names.has(name), 'keys');
    return reading.names.get(name);
  };
  const key = async (vkey, known, cosigns) => {
    const read = await readKey(vkey);
    requireThat((read.type !== LOG) === cosigns && !known.some((other) => same(other.bytes, read.bytes)), 'keys');
    known.push(read);
    return read;
  };
  const count = items.length;
  if (word === 'log' && (count === 1 || count === 2)) await key(items[0], reading.logs, false);
  else if (word === 'witness' && (count === 2 || count === 3)) define(items[0], { witness: await key(items[1], reading.witnesses, true) });
  else if (word === 'group' && count >= 3) {
    const members = items.slice(2);
    for (const member of members) {
      requireThat(!reading.grouped.has(member), 'keys');
      reading.grouped.add(member);
    }
    const threshold = { any: 1, all: members.length }[items[1]] ?? Number(/^[1-9][0-9]{0,3}$/.exec(items[1])?.[0] ?? 0);
    requireThat(threshold >= 1 && threshold <= members.length, 'keys');
    define(items[0], { threshold, members: members.map(named) });
  } else if (word === 'quorum' && count === 1 && reading.quorum === undefined) {
    reading.quorum = items[0] === 'none' ? 'none' : named(items[0]);
  } else throw new Refused('keys');
}

/** The text of a note, made from what was read of it. */
export const noteText = ({ text, signatures }) =>
  `${text}\n${signatures.map(({ name, id, signature }) => {
    const number = Uint8Array.from(id.match(/../g), (byte) => Number.parseInt(byte, 16));
    return `— ${name} ${base64(joined(number, signature))}\n`;
  }).join('')}`;
