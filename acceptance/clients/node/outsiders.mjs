// Other people's verifiers on what a Dejima log gives out: sigstore's transparency log check, a COSE
// library, and the W3C's Data Integrity suite by Digital Bazaar. RECEIPT, COSE and CREDENTIAL are
// files; LOG_KEY is the log's verifier key, WITNESS_KEYS are those of ML-DSA-44 witnesses.
import { createHash, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Sign1 } from '@auth0/cose';
import { decode } from 'cbor2';
import { contexts as credentialContexts } from '@digitalbazaar/credentials-context';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';
import jsigs from 'jsonld-signatures';
import { must, run } from './checks.mjs';

// The package exports only its whole-bundle verifier, which also wants the entry to be one of
// Rekor's kinds. Its check of checkpoint and inclusion proof is the file that the verifier calls.
const { verifyTLogInclusion } = createRequire(import.meta.url)('@sigstore/verify/dist/tlog/index.js');

const { RECEIPT, COSE, CREDENTIAL, LOG_KEY, WITNESS_KEYS } = process.env;
const [logName, logHash, logTyped] = [
  LOG_KEY.slice(0, LOG_KEY.indexOf('+')), ...LOG_KEY.slice(LOG_KEY.indexOf('+') + 1).split(/\+(.*)/s)];
const rawKey = Buffer.from(logTyped, 'base64').subarray(1);
const logKey = createPublicKey({
  format: 'der', type: 'spki', key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), rawKey]) });
const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();

// A receipt's parts. Its extra data is canonical JSON, in which the body's own bytes stand: what
// JSON.stringify makes of it again is checked against the tree below.
const [head, note] = readFileSync(RECEIPT, 'utf8').split(/\n\n(.*)/s);
const lines = head.split('\n');
const extra = JSON.parse(Buffer.from(lines[1].slice('extra '.length), 'base64').toString());
const entryOf = (body) => Buffer.concat([Buffer.from([1]), sha256(Buffer.from(JSON.stringify(body)))]);
const entry = entryOf(extra.body);
const path = lines.slice(3).map((hash) => Buffer.from(hash, 'base64'));
const index = lines[2].slice('index '.length);

function tlogEntry(change = {}) {
  return {
    logId: { keyId: Buffer.from(logHash, 'hex') },
    canonicalizedBody: entry,
    inclusionProof: { logIndex: index, hashes: path, checkpoint: { envelope: note }, ...change },
    ...(change.canonicalizedBody ? { canonicalizedBody: change.canonicalizedBody } : {}),
  };
}
const tlogs = [{
  logID: Buffer.from(logHash, 'hex'), baseURL: logName, publicKey: logKey,
  validFor: { start: new Date(0), end: new Date(8.64e15) } }];

function refuses(action) {
  try {
    action();
  } catch {
    return;
  }
  must(false, 'it was accepted');
}

// RFC 9162 section 2.1.3.2, on its own.
function rootOf(size, at, leaf, hashes) {
  let [fn, sn, hash] = [at, size - 1, leaf];
  for (const step of hashes) {
    must(sn > 0, 'the path is too long');
    if (fn % 2 === 1 || fn === sn) {
      hash = sha256(Buffer.from([1]), step, hash);
      while (fn % 2 === 0 && fn !== 0) { fn >>= 1; sn >>= 1; }
    } else {
      hash = sha256(Buffer.from([1]), hash, step);
    }
    fn >>= 1; sn >>= 1;
  }
  must(sn === 0, 'the path is too short');
  return hash;
}

async function coseRoot(receipt) {
  const { contents: parts, tag } = decode(receipt);
  must(Number(tag) === 18, 'not a COSE_Sign1');
  const [hashed, unhashed, payload] = parts;
  const header = decode(hashed);
  must(header.get(1) === -8 && header.get(395) === 1, 'not EdDSA over RFC9162_SHA256');
  must(payload === null, 'the payload is not detached');
  const [size, at, hashes] = decode(unhashed.get(396).get(-1)[0]);
  return rootOf(size, at, sha256(Buffer.from([0]), entry), hashes.map((hash) => Buffer.from(hash)));
}

const undefinedTerms = 'https://www.w3.org/ns/credentials/undefined-terms/v2';

async function documentLoader(url) {
  if (url.startsWith('did:key:')) {
    const key = url.split('#')[0].slice('did:key:'.length);
    const method = {
      '@context': 'https://w3id.org/security/multikey/v1', type: 'Multikey', id: `did:key:${key}#${key}`,
      controller: `did:key:${key}`, publicKeyMultibase: key };
    const controller = {
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: `did:key:${key}`, assertionMethod: [method] };
    return { contextUrl: null, documentUrl: url, document: url.includes('#') ? method : controller };
  }
  if (url === undefinedTerms) {
    return { contextUrl: null, documentUrl: url,
      document: { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/undefined-terms#' } } };
  }
  if (credentialContexts.has(url)) {
    return { contextUrl: null, documentUrl: url, document: credentialContexts.get(url) };
  }
  throw new Error(`nothing is loaded from the network: ${url}`);
}

async function verifyCredential(document) {
  const suite = new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() });
  const purpose = new jsigs.purposes.AssertionProofPurpose();
  return jsigs.verify(document, { suite, purpose, documentLoader });
}

// C2SP tlog-cosignature, `cosigned_message`, for a whole tree.
function cosignedMessage(witness, time) {
  const [origin, size, root] = note.split('\n');
  const [head, tail] = [Buffer.alloc(8), Buffer.alloc(16)];
  head.writeBigUInt64BE(time);
  tail.writeBigUInt64BE(BigInt(size), 8);
  return Buffer.concat([
    Buffer.from('subtree/v1\n\0'), Buffer.from([Buffer.byteLength(witness)]), Buffer.from(witness), head,
    Buffer.from([Buffer.byteLength(origin)]), Buffer.from(origin), tail, Buffer.from(root, 'base64')]);
}

function mlDsaCosignature(vkey) {
  const [witness, hash, typed] = [vkey.slice(0, vkey.indexOf('+')), ...vkey.slice(vkey.indexOf('+') + 1).split(/\+(.*)/s)];
  const key = Buffer.from(typed, 'base64');
  must(key[0] === 6 && key.length === 1313, 'not an ML-DSA-44 key');
  must(sha256(Buffer.from(`${witness}\n`), key).subarray(0, 4).toString('hex') === hash, 'another key id');
  const line = note.split('\n').find((one) => one.startsWith(`\u2014 ${witness} `)
    && Buffer.from(one.split(' ')[2], 'base64').subarray(0, 4).toString('hex') === hash);
  must(line, `no cosignature of ${witness}`);
  const signature = Buffer.from(line.split(' ')[2], 'base64').subarray(4);
  const time = signature.readBigUInt64BE();
  const [raw, publicKey] = [signature.subarray(8), key.subarray(1)];
  must(ml_dsa44.verify(raw, cosignedMessage(witness, time), publicKey), 'the cosignature does not verify');
  must(!ml_dsa44.verify(raw, cosignedMessage(witness, time + 1n), publicKey), 'another time was accepted');
}

await run({
  'noble verifies the ML-DSA-44 cosignatures': () => {
    const keys = WITNESS_KEYS.split(' ');
    must(keys.length > 0, 'no witness');
    keys.forEach(mlDsaCosignature);
  },
  'sigstore takes the checkpoint and the inclusion proof': () => verifyTLogInclusion(tlogEntry(), tlogs),
  'sigstore refuses another index, path, body, checkpoint and key': () => {
    refuses(() => verifyTLogInclusion(tlogEntry({ logIndex: String(Number(index) ^ 1) }), tlogs));
    refuses(() => verifyTLogInclusion(tlogEntry({ hashes: path.slice(1) }), tlogs));
    refuses(() => verifyTLogInclusion(tlogEntry({ hashes: [...path].reverse() }), tlogs));
    refuses(() => verifyTLogInclusion(tlogEntry({ canonicalizedBody: entryOf({}) }), tlogs));
    refuses(() => verifyTLogInclusion(
      tlogEntry({ checkpoint: { envelope: note.replace(/\n(\d+)\n/, (_, size) => `\n${Number(size) + 1}\n`) } }), tlogs));
    refuses(() => verifyTLogInclusion(tlogEntry(), [{ ...tlogs[0], logID: Buffer.alloc(4) }]));
  },
  'auth0/cose verifies the COSE receipt over the root to which its proof leads': async () => {
    const receipt = readFileSync(COSE);
    const root = await coseRoot(receipt);
    await Sign1.decode(receipt).verify(logKey, { detachedPayload: root });
    let accepted = true;
    try {
      await Sign1.decode(receipt).verify(logKey, { detachedPayload: Buffer.alloc(32) });
    } catch {
      accepted = false;
    }
    must(!accepted, 'another root was accepted');
  },
  'Digital Bazaar verifies the credential by eddsa-jcs-2022': async () => {
    const credential = JSON.parse(readFileSync(CREDENTIAL, 'utf8'));
    const result = await verifyCredential(credential);
    must(result.verified, String(result.error?.errors?.[0]?.stack ?? result.error));
    const multikey = await Ed25519Multikey.from({
      controller: credential.issuer, publicKeyMultibase: credential.issuer.slice('did:key:'.length) });
    must(Buffer.from((await multikey.export({ publicKey: true, raw: true })).publicKey).equals(rawKey),
      'the issuer is not the key of the log');
    credential.credentialSubject.dataClass = 'confidentiality-1+changed';
    must(!(await verifyCredential(credential)).verified, 'a changed credential was accepted');
  },
});
