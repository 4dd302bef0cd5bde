// All checks of a receipt that a browser can make, in the order of 'dejima verify', each leaving a
// finding or ending the run. What only that command does is named at the end.
import { Refused, array, base64, canonical, canonicalHash, hasExactly, hex, integer, isObject, member, requireThat, sha256, string, unbase64, utf8 } from './canonical.js';
import { cosigners, isMetBy, logSigner, readCheckpoint, readKeys } from './notes.js';
import { readReceipt } from './receipt.js';
import { leafOf, requireIncluded } from './tree.js';

/** The steps, in their order. */
export const STEPS = ['keys', 'parse', 'log', 'quorum', 'body', 'inclusion', 'intents', 'salt', 'request', 'response', 'site', 'policy', 'facts', 'grounds', 'register', 'statement', 'decision', 'geometry', 'promise'];

/** What only 'dejima verify' does. */
const ELSEWHERE = ['register', 'statement', 'decision', 'geometry', 'promise'];

const SHARED = ['id', 'tenant', 'saltHash', 'requestCommitment', 'dataClass', 'policy', 'siteFacts', 'decisions'];
const STATEMENT = ['v', 'site', 'receipt', 'attempt', 'requestCommitment', 'responseCommitment', 'model', 'modelDigest', 'status'];

/**
 * Checks a receipt.
 * @param {Uint8Array} file the receipt
 * @param {string} keyFile whom the reader trusts
 * @param {{request?: Uint8Array, response?: Uint8Array}} given the bodies, byte for byte
 * @returns the verdict 'holds', 'undecided' or 'refused', a finding for each step, and what the entry says
 *     where nothing refutes it. A finding's state is 'holds', 'open', 'fails', 'elsewhere' or 'unreached'.
 */
export async function check(file, keyFile, given = {}) {
  const findings = [];
  const found = (step, state, code, values = {}) => findings.push({ step, state, code, values });
  let step = STEPS[0];
  let receipt;
  try {
    const keys = await readKeys(keyFile);
    found('keys', 'holds', 'keys', { logs: keys.logs.length, witnesses: keys.witnesses.length });
    step = 'parse';
    receipt = readReceipt(file);
    const head = readCheckpoint(receipt.note.text);
    found('parse', 'holds', 'parse', { length: file.length });
    for (const [name, work] of Object.entries(WORK)) {
      step = name;
      const { state = 'holds', code = name, values = {} } = (await work({ receipt, head, keys, given, decided: decided(receipt) })) ?? {};
      found(name, state, code, values);
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    found(step, error.code === 'unsupported' ? 'open' : 'fails', `fail.${error.code}`, error.values);
    const reached = STEPS.indexOf(step);
    for (const later of STEPS.slice(reached + 1)) if (!ELSEWHERE.includes(later)) found(later, 'unreached', 'unreached');
  }
  for (const name of ELSEWHERE) found(name, 'elsewhere', name);
  const verdict = verdictOf(findings);
  return { verdict, findings, says: verdict === 'refused' || receipt === undefined ? undefined : says(receipt) };
}

/** Of what is open, only the signatures of log and witnesses keep the whole undecided. */
const verdictOf = (findings) => {
  if (findings.some(({ state }) => state === 'fails')) return 'refused';
  const undecided = findings.some(({ step, state, code }) => state === 'unreached' || (step === 'quorum' && code === 'quorum.unseen'));
  return undecided ? 'undecided' : 'holds';
};

/** The body that holds the decision: the last intent, else the end itself. */
const decided = ({ intents, body }) => intents.at(-1)?.body ?? body;

const siteOf = (body) => string(member(body, 'site'), 'id');

const equal = (one, other) => one !== undefined && other !== undefined && canonical(one) === canonical(other);

const WORK = {
  async log({ receipt, head, keys }) {
    await logSigner(receipt.note, head.origin, keys);
    return { values: { origin: head.origin, size: head.size } };
  },

  async quorum({ receipt, keys }) {
    const { seen, unseen } = await cosigners(receipt.note, keys);
    if (keys.quorum === 'none') return { state: 'open', code: 'quorum.none' };
    if (isMetBy(keys.quorum, seen)) return { values: { witnesses: seen.map(({ name }) => name).join(', ') } };
    requireThat(isMetBy(keys.quorum, [...seen, ...unseen]), 'quorum');
    return { state: 'open', code: 'quorum.unseen', values: { witnesses: unseen.map(({ name }) => name).join(', ') } };
  },

  async body({ receipt }) {
    return { values: { leaf: base64(await leafOf(receipt.body)) } };
  },

  async inclusion({ receipt, head }) {
    await requireIncluded(receipt, head);
    requireThat(['outcome', 'refusal'].includes(string(receipt.body, 'kind')), 'kind');
    return { values: { index: receipt.index, size: head.size } };
  },

  async intents({ receipt, head }) {
    for (const intent of receipt.intents) await requireIncluded(intent, head);
    await requireAttempts(receipt);
    return { values: { count: receipt.intents.length }, ...(receipt.intents.length === 0 ? { code: 'intents.none' } : {}) };
  },

  async salt({ receipt, decided: decision }) {
    const hash = string(receipt.body, 'saltHash') ?? string(decision, 'saltHash');
    requireThat(hash === base64(await sha256(receipt.salt)), 'salt');
  },

  request: (run) => opened(run, 'request'),

  response: (run) => opened(run, 'response'),

  site: checkSite,

  async policy({ receipt, decided: decision }) {
    const named = member(decision, 'policy');
    requireThat(string(named, 'hash') === (await bundleHash(receipt.policy, '')), 'policy');
    requireThat(string(named, 'theorems') === (await bundleHash(receipt.policy, 'theorems/')), 'theorems');
    return { values: { id: string(named, 'id') ?? '', hash: string(named, 'hash') } };
  },

  async facts({ receipt, decided: decision }) {
    requireThat(string(decision, 'siteFacts') === (await canonicalHash(receipt.siteFacts)), 'facts');
  },

  async grounds({ receipt, head, decided: decision }) {
    for (const ground of receipt.grounds) await requireIncluded(ground, head);
    const given = await Promise.all(receipt.grounds.map(({ body }) => canonicalHash(body)));
    const named = receipt.intents.flatMap(({ body }) => array(member(body, 'site'), 'grounds') ?? []).map((ground) => string(ground, 'hash') ?? '');
    requireThat(named.every((hash) => given.includes(hash)), 'grounds.missing');
    requireThat(given.every((hash) => named.includes(hash)), 'grounds.unnamed');
    await requireNamed(receipt);
    requirePermitted(receipt, decision);
    requireThat(receipt.intents.every(({ body }) => isAsOnRecord(member(body, 'site'), receipt.siteFacts)), 'facts');
    return { values: { count: receipt.grounds.length }, ...(receipt.grounds.length === 0 ? { code: 'grounds.none' } : {}) };
  },
};

/** The intents are exactly the attempts that the end names, each before it, all about one request. */
async function requireAttempts(receipt) {
  const attempts = array(receipt.body, 'attempts') ?? [];
  requireThat(attempts.length === receipt.intents.length, 'attempts.number');
  let number = 0;
  let place = -1n;
  for (const [i, { index, body }] of receipt.intents.entries()) {
    const attempt = attempts[i];
    const sequence = integer(body, 'sequence') ?? Number.MAX_SAFE_INTEGER;
    const agrees = isObject(attempt)
      && (integer(body, 'attempt') ?? 0) > number
      && index > place
      && index < receipt.index
      && sequence < (integer(receipt.body, 'sequence') ?? 0)
      && string(body, 'kind') === 'intent'
      && string(attempt, 'intent') === (await canonicalHash(body))
      && integer(attempt, 'attempt') === integer(body, 'attempt')
      && equal(string(attempt, 'site'), siteOf(body))
      && SHARED.every((name) => agree([receipt.body, decided(receipt), body].map((one) => member(one, name))));
    requireThat(agrees, 'attempts', { number: i + 1 });
    number = integer(body, 'attempt');
    place = index;
  }
}

const agree = (values) => new Set(values.filter((value) => value !== undefined).map((value) => canonical(value))).size <= 1;

async function opened({ receipt, given, decided: decision }, what) {
  if (given[what] === undefined) return { state: 'open', code: `${what}.open` };
  const key = await crypto.subtle.importKey('raw', receipt.salt, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const commitment = base64(new Uint8Array(await crypto.subtle.sign('HMAC', key, given[what])));
  const name = `${what}Commitment`;
  requireThat((string(receipt.body, name) ?? string(decision, name)) === commitment, what);
  return {};
}

/** Whether the site signed, under the key that the intent pins. */
async function checkSite({ receipt, decided: decision }) {
  const body = receipt.body;
  if (string(body, 'siteSignatureInvalid') !== undefined) return { state: 'open', code: 'site.invalid' };
  if (member(body, 'siteSignature') === undefined) return { state: 'open', code: 'site.unsigned' };
  const recorded = body.siteSignature;
  const statement = member(recorded, 'statement');
  requireThat(hasExactly(statement, ...STATEMENT) && statement.v === 1 && isObject(recorded), 'site.form');
  const about = statement.receipt === string(body, 'id')
    && statement.attempt === integer(decision, 'attempt')
    && statement.site === siteOf(decision)
    && ['requestCommitment', 'responseCommitment'].every((name) => statement[name] === (string(body, name) ?? string(decision, name)));
  requireThat(about, 'site.about');
  const spki = unbase64(string(recorded, 'key') ?? '');
  requireThat(string(member(decision, 'site'), 'pin') === `sha256/${base64(await sha256(spki))}`, 'site.pin');
  requireThat(await ecdsa(spki, utf8(canonical(statement)), unbase64(string(recorded, 'signature') ?? '')), 'site.signature');
  return { values: { site: statement.site } };
}

async function ecdsa(spki, message, der) {
  const signature = raw(der);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('spki', spki, algorithm, false, ['verify']).catch(() => undefined);
  return signature !== undefined && key !== undefined && crypto.subtle.verify(algorithm, key, signature, message);
}

/** Two whole numbers in DER (RFC 3279 §2.2.3) as the 64 bytes that WebCrypto wants; none for what is no DER. */
function raw(der) {
  const whole = (at) => {
    const length = der[at + 1];
    const digits = der.subarray(at + 2, at + 2 + length);
    const shortest = !(digits[0] === 0 && digits[1] < 0x80) && digits[0] < 0x80;
    const plain = digits[0] === 0 ? digits.subarray(1) : digits;
    if (der[at] !== 2 || digits.length !== length || length === 0 || !shortest || plain.length > 32) return undefined;
    const padded = new Uint8Array(32);
    padded.set(plain, 32 - plain.length);
    return { padded, end: at + 2 + length };
  };
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return undefined;
  const r = whole(2);
  const s = r && whole(r.end);
  return s?.end === der.length ? Uint8Array.of(...r.padded, ...s.padded) : undefined;
}

/** Every document that is carried stands under its own hash, and some ground names it. */
async function requireNamed({ carried, grounds }) {
  const named = grounds.flatMap(({ body }) => {
    const claims = member(body, 'claims');
    return [string(body, 'hash'), string(body, 'evidence'), string(claims, 'mirror'), string(member(claims, 'nonce'), 'head')];
  });
  for (const [hash, files] of Object.entries(carried.folders)) {
    requireThat(hash === (await folderHash(files, '')), 'documents');
    requireThat(named.includes(hash), 'documents.unnamed');
  }
  for (const [hash, text] of Object.entries(carried.texts)) {
    requireThat(hash === hex(await sha256(utf8(text))), 'documents');
    requireThat(named.includes(hash), 'documents.unnamed');
  }
}

const bundleHash = (files, folder) =>
  folderHash(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, utf8(text)])), folder);

/** Each file as path, NUL, length, NUL, bytes, in the order of the paths; without signatures. */
async function folderHash(files, folder) {
  const parts = Object.keys(files).sort().filter((path) => path.startsWith(folder) && !path.startsWith('signatures/'))
    .flatMap((path) => [utf8(`${path}\0${files[path].length}\0`), files[path]]);
  return hex(await sha256(...parts));
}

/** Every attempt went to a site that the recorded decisions permit at the level that it records. */
function requirePermitted(receipt, decision) {
  const groups = (array(member(decision, 'decisions'), 'sites') ?? []).filter((group) => string(group, 'effect') === 'permit');
  for (const { body } of receipt.intents) {
    const level = string(member(body, 'site'), 'evidence') ?? '';
    const permitted = groups.some((group) => (array(group, 'sites') ?? []).includes(siteOf(body)) && (string(group, 'evidence') ?? '') === level);
    requireThat(permitted, 'permitted', { site: siteOf(body) ?? '' });
  }
}

/** Operator, country and control of an intent's site are those by which it was decided. */
const isAsOnRecord = (site, sheet) =>
  (Array.isArray(sheet) ? sheet : [])
    .filter((known) => string(known, 'site') !== undefined && string(known, 'site') === string(site, 'id'))
    .every((known) => ['operator', 'country', 'control'].every((name) => agree([member(known, name) ?? null, member(site, name) ?? null])));

/** What the entry says, for people. */
function says(receipt) {
  const decision = decided(receipt);
  const site = member(decision, 'site');
  return {
    id: string(receipt.body, 'id'),
    kind: string(receipt.body, 'kind'),
    time: integer(receipt.body, 'time'),
    tenant: string(receipt.body, 'tenant'),
    model: string(decision, 'model') ?? string(member(decision, 'request'), 'model'),
    dataClass: string(member(decision, 'dataClass'), 'effective') ?? string(decision, 'dataClass'),
    site: string(site, 'id'),
    operator: string(site, 'operator'),
    country: string(site, 'country'),
    control: string(site, 'control'),
    evidence: string(site, 'evidence'),
  };
}
