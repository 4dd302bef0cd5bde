// Keeps the page current. The server has drawn everything once; from here on the feed's events fill
// the same templates. Text goes into the page as text only, never as markup.
const lang = document.body.dataset.lang;
const words = JSON.parse(document.body.dataset.words);
const SHOWN = 50;
const UNKNOWN = '–';
const byId = (id) => document.getElementById(id);
const say = (text) => { byId('announce').textContent = text; };

// Templates

const HOLE = /\{\{(\w+)\}\}/g;

/** A copy of a template that remembers its holes and touches only those whose content changed. */
class Piece {
  #holes = [];
  #lists = new Map();

  constructor(name) {
    let source = byId(`t-${name}`).content.firstElementChild;
    if (source.localName === 'svg') source = source.firstElementChild;
    // The copy stays in the template's own document until it is filled and shown.
    this.element = source.cloneNode(true);
    this.#find(this.element);
  }

  fill(fields) {
    for (const hole of this.#holes) {
      const text = hole.pattern.replace(HOLE, (_, name) => fields[name]);
      if (text !== hole.text) {
        hole.text = text;
        hole.write(text);
      }
    }
    for (const [name, list] of this.#lists) list.show(fields[name] ?? []);
    return this;
  }

  #find(element) {
    for (const attribute of [...element.attributes]) {
      if (!attribute.value.includes('{{')) continue;
      const { name, value } = attribute;
      this.#holes.push({ pattern: value, write: (text) => element.setAttribute(name, text) });
    }
    for (const child of [...element.childNodes]) {
      if (child.nodeType === Node.ELEMENT_NODE) this.#find(child);
      else if (child.nodeType === Node.TEXT_NODE && child.data.includes('{{')) {
        this.#holes.push({ pattern: child.data, write: (text) => { child.data = text; } });
      }
    }
    if (element.dataset.list) this.#lists.set(element.dataset.list, new List(element));
  }
}

/** Pieces in an element, kept by key, in the order in which they are shown. */
class List {
  #element;
  #pieces = new Map();

  constructor(element) {
    this.#element = element;
    element.replaceChildren();
  }

  show(items) {
    const keep = new Map();
    let place = this.#element.firstElementChild;
    for (const { key, template, fields } of items) {
      const piece = (this.#pieces.get(key) ?? new Piece(template)).fill(fields);
      keep.set(key, piece);
      if (piece.element === place) place = place.nextElementSibling;
      else this.#element.insertBefore(piece.element, place);
    }
    for (const [key, piece] of this.#pieces) if (!keep.has(key)) piece.element.remove();
    this.#pieces = keep;
  }
}

/** The list in an element; what the server drew there gives way when the first items are shown. */
const lists = new Map();
const listIn = (element) => {
  if (!lists.has(element)) lists.set(element, new List(element));
  return lists.get(element);
};

// Figures: as the server writes them

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit', second: '2-digit' });
const countries = new Intl.DisplayNames([lang], { type: 'region' });
const count = (number) => (number === null ? UNKNOWN : number.toLocaleString('en-US'));
const ms = (number) => {
  if (number === null) return UNKNOWN;
  const digits = number < 100 ? 1 : 0;
  return number.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
};
const shortened = (text, head, tail) => (text.length <= head + tail + 1 ? text : `${text.slice(0, head)}…${text.slice(-tail)}`);
const word = (group, key) => words[`${group}.${key}`] ?? key;
const when = (time) => ({ iso: new Date(time).toISOString(), time: clock.format(time) });
const classEn = (dataClass) => dataClass.replace('confidentiality-', 'C').replaceAll('+', ' + ');
const level = (dataClass) => dataClass.match(/confidentiality-(\d)/)?.[1] ?? '2';

// What the feed says, as fields of the templates

const common = (event) => ({
  ...event,
  ...when(event.time),
  idShort: shortened(event.id, 0, 7),
  level: level(event.dataClass),
  dataClass: lang === 'ja' ? event.dataClassJa : classEn(event.dataClass),
  classId: event.dataClass,
});

const requestFields = (event) => {
  const kind = word('kind', event.kind);
  const finished = event.phase === 'finished';
  return {
    ...common(event),
    kind: event.stream ? `${kind} · ${words['kind.stream']}` : kind,
    inputTokens: finished ? count(event.inputTokens) : UNKNOWN,
    outputTokens: finished ? count(event.outputTokens) : UNKNOWN,
    first: finished ? ms(event.firstTokenMs) : UNKNOWN,
    total: finished ? ms(event.ms) : UNKNOWN,
    finish: finished ? event.finish : 'running',
    finishText: word('finish', finished ? event.finish : 'running'),
  };
};

const verdict = (permits) => ({ sign: permits ? '✓' : '×', said: words[permits ? 'permit' : 'deny'] });

const refusalFields = (event) => ({
  ...common(event),
  reason: event.reason[lang],
  decisions: event.decisions.map((decision) => ({
    key: decision.site,
    template: 'refused-site',
    fields: {
      ...verdict(decision.effect === 'permit'),
      effect: decision.effect,
      site: decision.site,
      titles: [...new Set(decision.rules.map((rule) => (lang === 'ja' ? rule.titleJa : rule.titleEn)))].join(lang === 'ja' ? '／' : '; '),
      rules: decision.rules.map((rule) => rule.id).join(' '),
    },
  })),
});

const siteFields = (site) => ({
  ...site,
  place: site.place[lang],
  countryCode: site.country,
  country: site.country === 'ZZ' ? words['map.unknown'] : countries.of(site.country),
  controlText: word('control', site.control),
  evidenceLabel: site.evidenceLabel[lang],
  notProved: site.notProved[lang],
  statementText: word('statement', site.statement),
  fault: site.fault[lang],
  healthText: word('health', site.health),
  meterMax: Math.max(1, site.capacity),
  load: `${site.inFlight} / ${site.capacity === 0 ? UNKNOWN : count(site.capacity)}`,
  percent: Math.min(100, Math.floor((100 * site.inFlight) / Math.max(1, site.capacity))),
  latency: site.latencyMs === null ? UNKNOWN : `${ms(site.latencyMs)} ms`,
  models: site.models.length === 0 ? UNKNOWN : site.models.join(', '),
  cells: site.matrix.map((cell) => ({
    key: cell.dataClass,
    template: 'class-cell',
    fields: { ...verdict(cell.permits), permit: cell.permits, label: cell.title[lang], reason: cell.reason[lang] },
  })),
});

// Showing

const requests = new Map();
const refusals = new Map();
let paused = false;

const remember = (map, event) => {
  map.delete(event.id);
  map.set(event.id, event);
  if (map.size > SHOWN) map.delete(map.keys().next().value);
};

const newestFirst = (map, template, fields) =>
  [...map.values()]
    .reverse()
    .sort((a, b) => b.time - a.time)
    .map((event) => ({ key: event.id, template, fields: fields(event) }));

const showRequests = () => listIn(byId('requests')).show(newestFirst(requests, 'request-row', requestFields));
const showRefusals = () => listIn(byId('refusals')).show(newestFirst(refusals, 'refusal', refusalFields));

const showSites = ({ sites }) => {
  const all = sites.map(siteFields);
  listIn(byId('sites')).show(all.map((fields) => ({ key: fields.id, template: 'site-card', fields })));
  for (const stop of document.querySelectorAll('.stop')) {
    const here = all.filter((fields) => fields.metro === stop.dataset.metro);
    const { side, step, rows, labelX, labelY } = stop.dataset;
    const drawn = here.length <= rows ? here.length : rows - 1;
    stop.dataset.count = here.length;
    listIn(stop.querySelector('.markers')).show(here.slice(0, drawn).map((fields, index) => ({
      key: fields.id,
      template: 'site-marker',
      fields: { ...fields, name: shortened(fields.id, 9, 6), dy: index * step, side, labelX, labelY },
    })));
    const more = stop.querySelector('.more text');
    more.textContent = here.length > drawn ? words['map.more'].replace('%d', here.length - drawn) : '';
    more.setAttribute('y', drawn * step + 6);
  }
};

const showPolicy = (policy) => {
  byId('notice-text').textContent = policy.notice[lang];
  const fields = { ...policy, title: policy.title[lang], hashShort: shortened(policy.hash, 8, 8) };
  listIn(byId('policy')).show([{ key: 'policy', template: 'policy', fields }]);
};

const showTreeHead = (head) => {
  const fields = { ...head, ...when(head.time), size: count(head.size), rootShort: shortened(head.root, 8, 8) };
  listIn(byId('treehead')).show([{ key: 'treehead', template: 'treehead', fields }]);
};

const pulse = (site) => {
  const marker = document.querySelector(`.marker[data-site="${CSS.escape(site)}"]`);
  if (!marker || marker.dataset.pulse) return;
  marker.dataset.pulse = 'on';
  setTimeout(() => delete marker.dataset.pulse, 900);
};

// The rate over the last seconds, from the counts that the feed sends
const samples = [];
const rate = (finished) => {
  const now = performance.now();
  if (finished !== undefined) samples.push({ now, finished });
  while (samples.length > 2 && now - samples[1].now > 5000) samples.shift();
  const first = samples[0];
  const last = samples.at(-1);
  const seconds = (now - first?.now) / 1000;
  byId('rate').textContent = seconds >= 1 ? ((last.finished - first.finished) / seconds).toFixed(1) : UNKNOWN;
};

const showTotals = ({ finished, running, refused }) => {
  byId('finished').textContent = count(finished);
  byId('running').textContent = count(running);
  byId('refused').textContent = count(refused);
  rate(finished);
};

// One drawing per frame, however many events came in
const due = new Set();
const soon = (draw) => {
  if (due.size === 0) setTimeout(() => { const draws = [...due]; due.clear(); draws.forEach((each) => each()); }, 16);
  due.add(draw);
};

// The feed

const link = (state) => {
  const text = words[`live.${state}`];
  if (byId('link').dataset.state !== state) say(text);
  byId('link').dataset.state = state;
  byId('link-text').textContent = text;
};

let announced = -Infinity;
const announceRefusal = (event) => {
  // A reader hears one refusal in five seconds, and none of the replayed ones.
  if (Date.now() - event.time > 5000 || performance.now() - announced < 5000) return;
  announced = performance.now();
  say(`${words['live.refused']} ${event.reason[lang]}`);
};

const handlers = {
  sites: showSites,
  policy: showPolicy,
  treehead: showTreeHead,
  totals: showTotals,
  request: (event) => {
    remember(requests, event);
    if (event.phase === 'started') pulse(event.site);
    if (!paused) soon(showRequests);
  },
  refusal: (event) => {
    remember(refusals, event);
    announceRefusal(event);
    if (!paused) soon(showRefusals);
  },
};

const connect = () => {
  const feed = new EventSource('/admin/v1/events');
  feed.onopen = () => {
    // Every connection begins with the whole state, perhaps of a server that was started anew.
    requests.clear();
    refusals.clear();
    samples.length = 0;
    link('on');
  };
  feed.onerror = () => link(feed.readyState === EventSource.CLOSED ? 'closed' : 'lost');
  for (const [name, handler] of Object.entries(handlers)) feed.addEventListener(name, ({ data }) => handler(JSON.parse(data)));
};

// Buttons

const copy = async (button) => {
  await navigator.clipboard.writeText(button.dataset.copy);
  button.dataset.done = 'true';
  say(words['live.copied']);
  setTimeout(() => delete button.dataset.done, 1500);
};

document.addEventListener('click', ({ target }) => {
  const button = target.closest?.('button.copy');
  if (button) copy(button).catch(() => getSelection().selectAllChildren(button.previousElementSibling));
});

byId('pause').addEventListener('click', ({ currentTarget }) => {
  paused = !paused;
  currentTarget.setAttribute('aria-pressed', paused);
  currentTarget.textContent = words[paused ? 'live.resume' : 'live.pause'];
  if (!paused) { showRequests(); showRefusals(); }
});

document.body.dataset.script = 'on';
byId('pause').hidden = false;
setInterval(() => { if (samples.length) rate(); }, 1000);
link('connecting');
connect();
