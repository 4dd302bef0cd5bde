// The modules with which a browser checks receipts, as the product serves them, on real receipts and
// on forgeries of them. A forger here even has keys of a log and of witnesses of its own.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { must, run, scratch } from './checks.mjs';

const { ADMIN, ADMIN_TOKEN, FOLDER } = process.env;
const folder = scratch('check');
writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
for (const name of ['canonical.js', 'notes.js', 'receipt.js', 'tree.js', 'verifier.js']) {
  const answer = await fetch(`${ADMIN}/console/${name}`, { headers: { Authorization: `Bearer ${ADMIN_TOKEN}` } });
  writeFileSync(join(folder, name), await answer.text());
}
const load = (name) => import(pathToFileURL(join(folder, name)));
const { check, STEPS } = await load('verifier.js');
const { canonical, readCanonical } = await load('canonical.js');
const { readKeys, isMetBy } = await load('notes.js');
const { requireIncluded } = await load('tree.js');

const file = (name) => readFileSync(join(FOLDER, name));
const keys = file('keys.pub').toString();
const receipt = file('receipt.txt');
const refusal = file('refusal.txt');
const other = file('other.txt');
const given = { request: new Uint8Array(file('request.json')), response: new Uint8Array(file('response.json')) };

// Making forgeries

const lines = receipt.toString().split('\n');
const blank = lines.indexOf('');
const replaced = (at, line) => lines.with(at, line).join('\n');
const extra = () => JSON.parse(Buffer.from(lines[1].slice(6), 'base64').toString());
const withExtra = (change) => {
  const changed = extra();
  change(changed);
  return replaced(1, `extra ${Buffer.from(canonical(changed)).toString('base64')}`);
};
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

/** A key of the forger's own, under any name. */
const ownKey = (name, type) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const typed = Buffer.concat([Buffer.of(type), publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)]);
  const id = sha256(`${name}\n`, typed).subarray(0, 4);
  const line = (signature) => `— ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`;
  return {
    vkey: `${name}+${id.toString('hex')}+${typed.toString('base64')}`,
    signs: (text) => line(sign(null, Buffer.from(text), privateKey)),
    cosigns: (text, time = 1_790_000_000n) => {
      const timed = Buffer.alloc(8);
      timed.writeBigInt64BE(time);
      return line(Buffer.concat([timed, sign(null, Buffer.from(`cosignature/v1\ntime ${time}\n${text}`), privateKey)]));
    },
  };
};
const origin = lines[blank + 1];
const forger = ownKey(origin, 1);
const headText = lines.slice(blank + 1, blank + 4).join('\n') + '\n';

/** A receipt under a tree head that the forger signs, and whoever else. */
const resigned = (head, text = receipt.toString(), ...more) => {
  const upTo = text.indexOf('\n\n');
  return `${text.slice(0, upTo)}\n\n${head}\n${forger.signs(head)}${more.join('')}`;
};
const forgerKeys = `log ${forger.vkey}\nquorum none\n`;

const bytes = (text) => (typeof text === 'string' ? new TextEncoder().encode(text) : new Uint8Array(text));
const told = (value) => JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}` : one));
const failing = ({ findings }) => findings.find(({ state }) => state === 'fails');
const refuses = async (name, text, step, trust = keys, files = {}) => {
  const result = await check(bytes(text), trust, files);
  must(result.verdict === 'refused', `${name}: ${result.verdict}`);
  must(result.says === undefined, `${name}: still says something`);
  const failed = failing(result);
  must([step].flat().includes(failed.step), `${name}: fails at ${failed.step} (${failed.code}), not at ${step}`);
};

const checks = {
  'accepts a real receipt with its request and response': async () => {
    const { verdict, findings, says } = await check(bytes(receipt), keys, given);
    must(verdict === 'holds', told(findings));
    must(findings.map(({ step }) => step).sort().join() === [...STEPS].sort().join(), 'a step is missing');
    for (const step of ['log', 'inclusion', 'intents', 'salt', 'request', 'response', 'site', 'policy', 'facts']) {
      must(findings.find((one) => one.step === step).state === 'holds', `${step} does not hold`);
    }
    must(says.kind === 'outcome' && says.site !== undefined, told(says));
  },
  'says which steps it leaves to dejima verify, and that no witness was asked for': async () => {
    const { findings } = await check(bytes(receipt), keys);
    for (const step of ['decision', 'geometry', 'promise']) must(findings.find((one) => one.step === step).state === 'elsewhere', step);
    must(findings.find(({ step }) => step === 'quorum').state === 'open', 'witnesses');
    must(findings.find(({ step }) => step === 'request').state === 'open', 'a request that was not given');
  },
  'accepts the receipt of a refusal': async () => {
    const { verdict, says } = await check(bytes(refusal), keys);
    must(verdict === 'holds' && says.kind === 'refusal', `${verdict} ${says?.kind}`);
  },
  'refuses every form but the one': async () => {
    const text = receipt.toString();
    const forms = {
      empty: '', half: text.slice(0, text.length / 2), 'a byte less': text.slice(0, -1), 'a byte more': `${text}\n`, garbage: `${text}garbage\n`,
      CRLF: text.replaceAll('\n', '\r\n'), 'byte order mark': `\uFEFF${text}`, 'negative index': replaced(2, 'index -1'),
      'index with a zero': replaced(2, lines[2].replace('index ', 'index 0')), 'index with a plus': replaced(2, lines[2].replace('index ', 'index +')),
      'huge index': replaced(2, 'index 9223372036854775808'), 'no padding': replaced(3, lines[3].replace('=', '')),
      'stray bits': replaced(3, `${lines[3].slice(0, 42)}${String.fromCharCode(lines[3].charCodeAt(42) + 1)}=`),
      'base64 with a space': replaced(1, `${lines[1]} `), 'signature twice': lines.toSpliced(-1, 0, lines.at(-2)).join('\n'),
      'no signature': lines.toSpliced(-2, 1).join('\n'), 'another member': withExtra((e) => { e.more = 1; }), 'version 1': withExtra((e) => { e.v = 1; }),
      'unhashed file': withExtra((e) => { e.policy['signatures/x'] = ''; }),
    };
    for (const [name, form] of Object.entries(forms)) await refuses(name, form, 'parse');
    const spaced = `extra ${Buffer.from(`${Buffer.from(lines[1].slice(6), 'base64')} `).toString('base64')}`;
    await refuses('a space in the JSON', replaced(1, spaced), 'parse');
    const twice = Buffer.from(lines[1].slice(6), 'base64').toString().replace('{"body":', '{"body":{},"body":');
    await refuses('a name twice', replaced(1, `extra ${Buffer.from(twice).toString('base64')}`), 'parse');
    await refuses('not UTF-8', Buffer.concat([receipt, Buffer.of(0xff)]), 'parse');
  },
  'refuses another index, order, length and path': async () => {
    await refuses('index 0', replaced(2, 'index 0'), 'inclusion');
    await refuses('index outside', replaced(2, 'index 999999'), 'inclusion');
    await refuses('a hash less', lines.toSpliced(3, 1).join('\n'), 'inclusion');
    await refuses('a hash twice', lines.toSpliced(3, 0, lines[3]).join('\n'), 'inclusion');
    await refuses('hashes swapped', lines.with(3, lines[4]).with(4, lines[3]).join('\n'), 'inclusion');
    await refuses('a hash appended', lines.toSpliced(blank, 0, Buffer.alloc(32).toString('base64')).join('\n'), 'inclusion');
    await refuses("another's extra", replaced(1, other.toString().split('\n')[1]), 'inclusion');
  },
  'refuses another size, root and origin, signed by nobody or by a forger': async () => {
    await refuses('size 1', replaced(blank + 2, '1'), 'log');
    await refuses('origin', replaced(blank + 1, 'elsewhere.example/log'), 'log');
    await refuses("the forger's signature", resigned(headText), 'log');
    const size = BigInt(lines[blank + 2]);
    for (const [name, head] of Object.entries({
      'size less': `${origin}\n1\n${lines[blank + 3]}\n`, 'size doubled': `${origin}\n${size * 2n}\n${lines[blank + 3]}\n`,
      'size huge': `${origin}\n9223372036854775807\n${lines[blank + 3]}\n`, 'another root': `${origin}\n${size}\n${Buffer.alloc(32, 1).toString('base64')}\n`,
    })) await refuses(name, resigned(head), 'inclusion', forgerKeys);
    await refuses('an extension line', resigned(`${headText}more\n`), 'parse', forgerKeys);
    const holds = await check(bytes(resigned(headText)), forgerKeys);
    must(holds.verdict === 'holds', 'resigning itself is at fault');
  },
  'asks for the witnesses that the keys name': async () => {
    const [one, two] = [ownKey('w1.example', 4), ownKey('w2.example', 4)];
    const trust = (count) => `log ${forger.vkey}\nwitness one ${one.vkey}\nwitness two ${two.vkey}\ngroup them ${count} one two\nquorum them\n`;
    const cosigned = resigned(headText, undefined, one.cosigns(headText));
    must((await check(bytes(cosigned), trust('any'))).verdict === 'holds', 'one of two');
    await refuses('one of both', cosigned, 'quorum', trust('all'));
    await refuses('nobody', resigned(headText), 'quorum', trust('any'));
    await refuses('another text', resigned(headText, undefined, one.cosigns(`${headText}x`)), 'quorum', trust('any'));
    await refuses('no time', resigned(headText, undefined, one.cosigns(headText, 0n)), 'quorum', trust('any'));
    await refuses('a time before', resigned(headText, undefined, one.cosigns(headText, -1n)), 'quorum', trust('any'));
    await refuses("a log's signature", resigned(headText, undefined, one.signs(headText)), 'quorum', trust('any'));
  },
  'leaves undecided what only ML-DSA witnesses vouch for': async () => {
    const typed = Buffer.concat([Buffer.of(6), Buffer.alloc(1312, 7)]);
    const id = sha256('pq.example\n', typed).subarray(0, 4);
    const line = `— pq.example ${Buffer.concat([id, Buffer.alloc(2428)]).toString('base64')}\n`;
    const trust = `log ${forger.vkey}\nwitness pq pq.example+${id.toString('hex')}+${typed.toString('base64')}\nquorum pq\n`;
    const { verdict, findings } = await check(bytes(resigned(headText, undefined, line)), trust);
    must(verdict === 'undecided', verdict);
    must(findings.find(({ step }) => step === 'quorum').code === 'quorum.unseen', 'reason');
    await refuses('not even that', resigned(headText), 'quorum', trust);
  },
  'refuses changed entries, intents, salt, policy and facts': async () => {
    await refuses('body', withExtra((e) => { e.body.model = 'another'; }), 'inclusion');
    await refuses('intent', withExtra((e) => { e.intents[0].body.model = 'another'; }), 'intents');
    await refuses("intent's index", withExtra((e) => { e.intents[0].index = 0; }), 'intents');
    await refuses('no intent', withExtra((e) => { e.intents = []; }), 'intents');
    await refuses('an intent twice', withExtra((e) => { e.intents.push(e.intents[0]); }), 'intents');
    await refuses('salt', withExtra((e) => { e.salt = Buffer.alloc(32).toString('base64'); }), 'salt');
    await refuses('policy', withExtra((e) => { e.policy['rules/more.cel'] = 'true'; }), 'policy');
    await refuses('facts', withExtra((e) => { e.siteFacts = []; }), 'facts');
    await refuses('a document that nobody names', withExtra((e) => { e.documents.texts[sha256('x').toString('hex')] = 'x'; }), 'grounds');
    await refuses('a document under another hash', withExtra((e) => { e.documents.folders['00'] = { a: 'x' }; }), 'grounds');
    await refuses('a text as base64', withExtra((e) => { e.documents.folders['00'] = { a: { base64: 'eA==' } }; }), 'parse');
    await refuses('a version with documents of one without', withExtra((e) => { e.v = 2; }), 'parse');
    await refuses('a ground that nobody names', withExtra((e) => { e.grounds = [e.intents[0]]; }), 'grounds');
    await refuses('request', receipt, 'request', keys, { ...given, request: given.request.slice(1) });
    await refuses('response', receipt, 'response', keys, { ...given, response: given.response.slice(1) });
  },
  'refuses a wrong signature of a site, even in a log that the forger signs': async () => {
    // One entry alone is a tree of its own: its leaf is the root, so that a forger can sign any body.
    const alone = (change) => {
      const forged = extra();
      change(forged);
      forged.body.attempts = [];
      forged.intents = [];
      const leaf = sha256(Buffer.of(0, 1), sha256(canonical(forged.body)));
      const text = [lines[0], `extra ${Buffer.from(canonical(forged)).toString('base64')}`, 'index 0', '', ''].join('\n');
      return resigned(`${origin}\n1\n${leaf.toString('base64')}\n`, text);
    };
    const signature = (e) => e.body.siteSignature;
    await refuses('about another', alone((e) => { signature(e).statement.receipt = 'rcpt_0'; }), 'site', forgerKeys);
    await refuses('a member more', alone((e) => { signature(e).statement.more = 1; }), 'site', forgerKeys);
    const inPlace = (change) => alone((e) => {
      Object.assign(e.body, { attempt: e.intents[0].body.attempt, site: e.intents[0].body.site });
      change(e);
    });
    await refuses('another key', inPlace((e) => { signature(e).key = Buffer.alloc(91).toString('base64'); }), 'site', forgerKeys);
    const flipped = (e) => Buffer.from(signature(e).signature, 'base64').map((byte, at, all) => (at === all.length - 1 ? byte ^ 1 : byte));
    await refuses('a bit of the signature', inPlace((e) => { signature(e).signature = Buffer.from(flipped(e)).toString('base64'); }), 'site', forgerKeys);
    await refuses('no DER', inPlace((e) => { signature(e).signature = Buffer.alloc(64).toString('base64'); }), 'site', forgerKeys);
    // Left as it is, the same receipt fails only later: what is refused above is the signature alone.
    const { findings } = await check(bytes(inPlace(() => {})), forgerKeys);
    must(findings.find(({ step }) => step === 'site').state === 'holds', 'the true signature does not hold');
  },
  'refuses every flipped bit and every cut that it is shown': async () => {
    for (let i = 0; i < 400; i += 1) {
      const forged = Buffer.from(receipt);
      const at = i % 2 === 0 ? receipt.length - 1 - i : (i * 7919) % receipt.length;
      forged[at] ^= 1 << i % 8;
      const { verdict } = await check(bytes(forged), keys);
      must(verdict === 'refused', `byte ${at} of ${receipt.length}: ${verdict}`);
    }
    for (let length = 0; length < receipt.length; length += 997) {
      must((await check(bytes(receipt.subarray(0, length)), keys)).verdict === 'refused', `cut at ${length}`);
    }
  },
  'refuses key files that are not sound': async () => {
    const log = keys.trim().split('\n')[0];
    for (const file of ['', 'x', `${log}\n`, `${log}\n${log}\nquorum none\n`, `${log}\nquorum w\n`, `${log}\nquorum none\nquorum none\n`, `${log}\ngroup g 2 a\nquorum g\n`, `${log.slice(0, -1)}\nquorum none\n`]) {
      await refuses(`keys ${JSON.stringify(file)}`, receipt, 'keys', file);
    }
    const vkey = log.split(' ')[1];
    must((await check(bytes(receipt), `  ${vkey}\n`)).verdict === 'holds', 'a bare vkey');
  },
  'decides inclusion in trees of every small size as a tree computed at once does': async () => {
    const body = (i) => ({ n: i });
    const leaf = (i) => sha256(Buffer.of(0, 1), sha256(canonical(body(i))));
    const node = (from, to) => {
      if (to - from === 1) return leaf(from);
      let half = 1;
      while (half * 2 < to - from) half *= 2;
      return sha256(Buffer.of(1), node(from, from + half), node(from + half, to));
    };
    const path = (index, from, to) => {
      if (to - from === 1) return [];
      let half = 1;
      while (half * 2 < to - from) half *= 2;
      const middle = from + half;
      return index < middle ? [...path(index, from, middle), node(middle, to)] : [...path(index, middle, to), node(from, middle)];
    };
    const included = (entry, head) => requireIncluded(entry, head).then(() => true, () => false);
    for (let size = 1; size <= 17; size += 1) {
      const head = { size: BigInt(size), root: new Uint8Array(node(0, size)) };
      for (let i = 0; i < size; i += 1) {
        const right = { index: BigInt(i), body: body(i), path: path(i, 0, size).map((hash) => new Uint8Array(hash)) };
        must(await included(right, head), `${i} of ${size}`);
        for (let wrong = 0; wrong <= size; wrong += 1) {
          if (wrong !== i) must(!(await included({ ...right, index: BigInt(wrong) }, head)), `${i} at ${wrong} of ${size}`);
        }
        must(!(await included({ ...right, path: [...right.path, right.path[0] ?? new Uint8Array(32)] }, head)), `${i} of ${size}, longer`);
        if (right.path.length > 0) must(!(await included({ ...right, path: right.path.slice(1) }, head)), `${i} of ${size}, shorter`);
      }
    }
  },
  'reads JSON in its canonical form alone': async () => {
    for (const text of ['{"a":1,"b":[true,null,"\\u0000é"]}', '[1e+21,1e-7,0.1]', '{"\u20ac":1,"\ud83d\ude00":2,"\ufb33":3}']) {
      must(canonical(readCanonical(bytes(text))) === text, text);
    }
    for (const text of ['{"b":1,"a":2}', '1.0', '-0', '"\\u00e9"', '{"a":1,"a":1}', ' 1', '1e400', '"\\ud800"', `${'['.repeat(70)}${']'.repeat(70)}`, '{"\ufb33":1,"\ud83d\ude00":2}']) {
      let refused = false;
      try { readCanonical(bytes(text)); } catch { refused = true; }
      must(refused, `accepts ${text}`);
    }
  },
  'counts a quorum by its groups': async () => {
    const [a, b, c] = [{}, {}, {}];
    const of = (threshold, ...members) => ({ threshold, members: members.map((witness) => (witness.members ? witness : { witness })) });
    must(isMetBy(of(2, a, b, c), [a, c]) && !isMetBy(of(2, a, b, c), [a]), 'two of three');
    must(!isMetBy(of(2, of(1, a, b), c), [a, b]) && isMetBy(of(2, of(1, a, b), c), [b, c]), 'nested');
    must((await readKeys(forgerKeys)).quorum === 'none', 'none');
  },
};

await run(checks);
