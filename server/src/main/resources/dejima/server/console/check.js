// The page on which visitors check a receipt. Files are read here and go nowhere: the page's security
// policy forbids every connection.
import { STEPS, check } from './verifier.js';

const words = JSON.parse(document.body.dataset.words);
const byId = (id) => document.getElementById(id);
const SIGNS = { holds: '✓', open: '–', fails: '×', elsewhere: '…', unreached: '·' };

/** An element whose children are elements and plain text. */
const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const sentence = (key, values = {}) => (words[`check.${key}`] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));

// Files, chosen or dropped

const FILES = ['receipt', 'keys-file', 'request', 'response'];
const bytesOf = async (id) => {
  const [file] = byId(id).files;
  return file && new Uint8Array(await file.arrayBuffer());
};

byId('keys-file').addEventListener('change', async () => {
  const [file] = byId('keys-file').files;
  if (file) byId('keys').value = await file.text();
});

byId('own-keys')?.addEventListener('click', () => {
  byId('keys').value = byId('main').dataset.keys;
  byId('keys').focus();
});

for (const id of FILES) {
  const place = byId(id).closest('.drop');
  place.addEventListener('dragover', (event) => { event.preventDefault(); place.dataset.over = 'on'; });
  place.addEventListener('dragleave', () => { delete place.dataset.over; });
  place.addEventListener('drop', (event) => {
    event.preventDefault();
    delete place.dataset.over;
    if (event.dataTransfer.files.length === 0) return;
    byId(id).files = event.dataTransfer.files;
    byId(id).dispatchEvent(new Event('change'));
  });
}

// The verdict

const finding = ({ step, state, code, values }) => element(
  'li', { 'data-state': state, 'data-step': step },
  element('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[state]),
  element('div', {},
    element('p', { class: 'step' }, sentence(`step.${step}`), ' ', element('span', { class: 'state' }, sentence(`state.${state}`))),
    element('p', {}, sentence(`say.${code}`, values))),
);

const told = (says) => Object.entries(says).filter(([, value]) => value !== undefined).map(([name, value]) => element(
  'div', {},
  element('dt', {}, sentence(`says.${name}`)),
  element('dd', {}, element('bdi', {}, name === 'time' ? new Date(value).toISOString() : String(value)))),
);

const show = ({ verdict, findings, says }, asked) => {
  const inOrder = findings.toSorted((a, b) => STEPS.indexOf(a.step) - STEPS.indexOf(b.step));
  const other = asked !== '' && says?.id !== undefined && says.id !== asked;
  byId('result').replaceChildren(
    element('p', { class: 'verdict', 'data-verdict': verdict }, element('strong', {}, sentence(`verdict.${verdict}`)), ' ', sentence(`verdict.${verdict}.long`)),
    ...(other ? [element('p', { class: 'fault' }, sentence('other', { asked }))] : []),
    ...(says ? [element('h3', {}, sentence('says')), element('dl', { class: 'says' }, ...told(says))] : []),
    element('h3', {}, sentence('findings')),
    element('ol', { class: 'findings' }, ...inOrder.map(finding)),
  );
  byId('result').hidden = false;
  byId('result').dataset.verdict = verdict;
  byId('result').focus();
};

const complain = (text) => {
  byId('result').replaceChildren(element('p', { class: 'verdict', 'data-verdict': 'undecided' }, text));
  byId('result').hidden = false;
  byId('result').dataset.verdict = 'incomplete';
  byId('result').focus();
};

byId('check').addEventListener('submit', async (event) => {
  event.preventDefault();
  delete byId('result').dataset.verdict;
  const file = await bytesOf('receipt');
  if (file === undefined) return complain(sentence('lacks.receipt'));
  if (byId('keys').value.trim() === '') return complain(sentence('lacks.keys'));
  if (crypto.subtle === undefined) return complain(sentence('say.fail.unsupported'));
  return show(await check(file, byId('keys').value, { request: await bytesOf('request'), response: await bytesOf('response') }), byId('main').dataset.asked);
});

document.body.dataset.script = 'on';
