// The console in headless Chromium: what an operator sees, live, in both languages, from one host.
import OpenAI from 'openai';
import { chromium } from 'playwright-core';
import { must, run, scratch } from './checks.mjs';

const { GATEWAY, ADMIN, ADMIN_TOKEN, KEY, MODEL, PICTURE } = process.env;
const SITES = ['sakura-ishikari', 'softbank-sakai', 'azure-japaneast', 'us-west'];
const PATIENCE = { timeout: 20_000 };

const folder = scratch('chromium');
const context = await chromium.launchPersistentContext(folder, {
  executablePath: '/usr/bin/chromium',
  headless: true,
  locale: 'ja-JP',
  viewport: { width: 1440, height: 1000 },
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const page = await context.newPage();
const complaints = [];
const strangers = [];
page.on('console', (message) => {
  if (['error', 'warning'].includes(message.type())) {
    complaints.push(message.text());
  }
});
page.on('pageerror', (error) => complaints.push(String(error)));
context.on('request', (request) => {
  const url = new URL(request.url());
  if (url.origin !== new URL(ADMIN).origin && !['data:', 'blob:', 'about:'].includes(url.protocol)) {
    strangers.push(request.url());
  }
});

const client = new OpenAI({ baseURL: `${GATEWAY}/v1`, apiKey: KEY, maxRetries: 0 });
async function ask(dataClass) {
  return client.chat.completions
    .create(
      { model: MODEL, messages: [{ role: 'user', content: '出島とは何ですか' }] },
      { headers: { 'Dejima-Data-Class': dataClass } },
    )
    .asResponse()
    .then((response) => response.headers.get('dejima-receipt'))
    .catch((error) => error.headers.get('dejima-receipt'));
}

/** The server's own sites, each at its place, and eight more: four at one place, three that name none, one abroad. */
async function crowded() {
  const { sites } = await page.evaluate(() => new Promise((told) => {
    const feed = new EventSource('/admin/v1/events');
    feed.addEventListener('sites', ({ data }) => { feed.close(); told(JSON.parse(data)); });
  }));
  const like = (id, changes) => ({ ...sites.find((site) => site.id === 'sakura-ishikari'), id, ...changes });
  const shutOut = { evidence: '×', statement: 'contradicted', fault: { ja: '国：登録は「JP」、申告は「US」', en: 'country: registered JP, stated US' } };
  const homes = { 'sakura-ishikari': 'ishikari', 'softbank-sakai': 'sakai', 'azure-japaneast': 'tokyo', 'us-west': 'abroad' };
  return {
    sites: [
      ...sites.map((site) => ({ ...site, metro: homes[site.id] })),
      ...['inzai-1', 'inzai-2', 'tokyo-north-gpu', 'tokyo-south-gpu'].map((id) => like(id, { metro: 'tokyo' })),
      like('gpu-pool-a', { metro: 'elsewhere' }),
      like('a-very-long-name-of-a-site', { metro: 'elsewhere' }),
      like('annex-2', { metro: 'elsewhere', ...shutOut }),
      like('ap-southeast', { metro: 'abroad', country: 'SG', control: 'foreign' }),
    ],
  };
}

/** Runs in the page: what lies outside its frame or panel, and what lies on something else. */
function faultsOfLayout() {
  const faults = [];
  const box = (element) => element.getBoundingClientRect();
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) faults.push('the page scrolls sideways');
  const frames = [...document.querySelectorAll('.schematic > rect:not(.dots)')].map(box);
  const drawn = [...document.querySelectorAll('.marker .track, .marker .label, .stop > .metro, .more text, .schematic .area')]
    .map((element) => ({ name: element.textContent || `marker of ${element.closest('.marker')?.dataset.site}`, at: box(element) }))
    .filter(({ at }) => at.width > 0);
  drawn.forEach(({ name, at }, index) => {
    if (!frames.some((frame) => at.left >= frame.left && at.right <= frame.right && at.top >= frame.top && at.bottom <= frame.bottom)) {
      faults.push(`${name} leaves its frame`);
    }
    for (const other of drawn.slice(index + 1)) {
      const across = Math.min(at.right, other.at.right) - Math.max(at.left, other.at.left);
      const down = Math.min(at.bottom, other.at.bottom) - Math.max(at.top, other.at.top);
      // Boxes of text are higher than their letters.
      if (across > 2 && down > 4) faults.push(`${name} lies on ${other.name}`);
    }
  });
  for (const cell of document.querySelectorAll('.site *, .requests td')) {
    const around = box(cell.closest('.panel, .site'));
    if (!cell.matches('.hidden') && box(cell).right > around.right) faults.push(`${cell.textContent} leaves its panel`);
    if (cell.matches('.matrix li') && cell.scrollWidth > cell.clientWidth + 1) faults.push(`${cell.textContent} is clipped`);
  }
  return [...new Set(faults)];
}

const checks = {
  'stays shut without the token': async () => {
    const stranger = await page.request.get(`${ADMIN}/`);
    must(stranger.status() === 401, `status ${stranger.status()}`);
  },
  'opens by its link and hides the token': async () => {
    await page.goto(`${ADMIN}/?token=${ADMIN_TOKEN}`);
    must(!page.url().includes('token'), page.url());
    must(await page.locator('#sites').isVisible(), 'no sites');
    const cookie = (await context.cookies()).find((one) => one.name === 'dejima-admin');
    must(cookie?.httpOnly && cookie.sameSite === 'Strict', JSON.stringify(cookie));
  },
  'shows every site with both axes and its level': async () => {
    for (const site of SITES) {
      const card = page.locator(`#site-${site}`);
      await card.waitFor(PATIENCE);
      must((await card.innerText()).includes('E0'), `${site} shows no evidence level`);
    }
    must((await page.locator('#site-us-west').getAttribute('data-control')) === 'foreign', 'control of us-west');
    must((await page.locator('#site-sakura-ishikari').getAttribute('data-control')) === 'domestic', 'control');
  },
  'is connected live': async () => {
    await page.locator('#link:not([data-state="static"])').waitFor({ ...PATIENCE, state: 'attached' });
  },
  'shows a request as it happens': async () => {
    const id = await ask('confidentiality-2');
    await page.locator(`[data-id="${id}"][data-phase="finished"]`).waitFor(PATIENCE);
  },
  'shows a refusal with its reasons as it happens': async () => {
    const id = await ask('my-number');
    const refusal = page.locator(`#refusals [data-id="${id}"]`);
    await refusal.waitFor(PATIENCE);
    const text = await refusal.innerText();
    must(SITES.every((site) => text.includes(site)), text);
  },
  'shows a class that no site is permitted for': async () => {
    const cells = page.locator('#site-us-west [data-permit]');
    must((await cells.count()) > 3, 'no matrix');
  },
  'shows the tree head grow': async () => {
    const size = async () => Number((await page.locator('#treehead .big').innerText()).replace(/\D/g, ''));
    const before = await size();
    await ask('confidentiality-1');
    await page.waitForFunction(
      (old) => Number(document.querySelector('#treehead .big').innerText.replace(/\D/g, '')) > old,
      before,
      PATIENCE,
    );
  },
  'says so in Japanese and in English': async () => {
    must((await page.locator('body').getAttribute('data-lang')) === 'ja', 'not Japanese at first');
    must((await page.locator('body').innerText()).includes('機密性'), 'no Japanese');
    await page.locator('nav a[hreflang="en"]').click();
    await page.locator('body[data-lang="en"]').waitFor(PATIENCE);
    must((await page.locator('html').getAttribute('lang')) === 'en', 'lang attribute');
    must((await page.locator('#main').innerText()).toLowerCase().includes('foreign'), 'no English');
  },
  'shows markup in names as text': async () => {
    await client.chat.completions
      .create({ model: '<img src=x onerror=alert(1)>', messages: [{ role: 'user', content: 'q' }] })
      .catch(() => {});
    must((await page.locator('img[src="x"]').count()) === 0, 'markup came alive');
  },
  'draws twelve sites at every width without overflow or overlap': async () => {
    const crowd = await crowded();
    await page.route('**/admin/v1/events', (route) => route.fulfill({
      contentType: 'text/event-stream',
      body: `retry: 600000\nevent: sites\ndata: ${JSON.stringify(crowd)}\n\n`,
    }));
    const faults = [];
    for (const lang of ['ja', 'en']) {
      for (const width of [390, 768, 1280]) {
        await page.setViewportSize({ width, height: 1000 });
        await page.goto(`${ADMIN}/?lang=${lang}`);
        await page.locator('.marker[data-site="annex-2"]').waitFor({ ...PATIENCE, state: 'attached' });
        for (const fault of await page.evaluate(faultsOfLayout)) faults.push(`${lang} ${width}: ${fault}`);
      }
    }
    await page.unroute('**/admin/v1/events');
    await page.setViewportSize({ width: 1440, height: 1000 });
    must(faults.length === 0, faults.join('\n'));
  },
  'finds a recorded request and leads to its check': async () => {
    const id = await ask('confidentiality-2');
    const row = page.locator(`tr[data-kind="outcome"]:has([title="${id}"])`);
    for (let tries = 0; tries < 20 && (await row.count()) === 0; tries += 1) {
      await page.goto(`${ADMIN}/receipts?model=${MODEL}&site=sakura-ishikari&class=confidentiality-2&lang=en`);
      if ((await row.count()) === 0) await page.goto(`${ADMIN}/receipts?id=${id}`);
      await page.waitForTimeout(250);
    }
    await row.locator('summary').click();
    must((await row.locator('pre').innerText()).includes(`"id": "${id}"`), 'no entry');
    await row.locator('a[href^="/check"]').click();
    must((await page.locator('.asked code').innerText()) === id, 'another id');
  },
  'searches by what the form asks and goes on to older entries': async () => {
    await page.goto(`${ADMIN}/receipts?lang=en`);
    await page.locator('#f-kind').selectOption('refusal');
    await page.locator('input[type="submit"]').click();
    await page.locator('tbody tr').first().waitFor(PATIENCE);
    must((await page.locator('tbody tr:not([data-kind="refusal"])').count()) === 0, 'other kinds');
    await page.goto(`${ADMIN}/receipts?tenant=nobody`);
    must(await page.locator('.empty').isVisible(), 'finds what nobody asked');
  },
  'explains every cell of the policy by its rules': async () => {
    await page.goto(`${ADMIN}/policy?lang=ja`);
    const cell = page.locator('td[data-site="us-west"][data-permit="false"]').first();
    await cell.locator('summary').click();
    const rule = cell.locator('a[href^="#rule-"]').first();
    const target = await rule.getAttribute('href');
    must((await page.locator(target).count()) === 1, `${target} is not explained`);
    must((await page.locator('.theorems > li[data-state="false"]').count()) === 0, 'a false theorem is in force');
  },
  'says what bears each level and what it does not prove': async () => {
    await page.goto(`${ADMIN}/sites?lang=en`);
    for (const site of SITES) {
      must((await page.locator(`#site-${site} tbody tr`).count()) >= 5, site);
      must((await page.locator(`#site-${site} .limits`).innerText()).length > 20, site);
    }
  },
  'fits every page into narrow and wide windows': async () => {
    const faults = [];
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 1000 });
      for (const path of ['/sites', '/policy', '/receipts', '/check', '/drills']) {
        await page.goto(`${ADMIN}${path}`);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (over > 0) faults.push(`${path} at ${width}: ${over} too wide`);
        const unnamed = await page.evaluate(() => [...document.querySelectorAll('input, select, textarea, button, a, summary')]
          .filter((one) => !(one.textContent.trim() || one.value || one.labels?.length || one.getAttribute('aria-label'))).length);
        if (unnamed > 0) faults.push(`${path}: ${unnamed} controls without a name`);
        const headings = await page.evaluate(() => [...document.querySelectorAll('h1, h2, h3, h4')].map((one) => Number(one.localName[1])));
        if (headings.some((level, i) => i > 0 && level > headings[i - 1] + 1)) faults.push(`${path}: headings ${headings.join(' ')}`);
      }
    }
    await page.setViewportSize({ width: 1440, height: 1000 });
    must(faults.length === 0, faults.join('\n'));
  },
  'has a picture taken': async () => {
    for (const dataClass of ['confidentiality-1', 'confidentiality-2', 'personal', 'confidentiality-3']) {
      await ask(dataClass);
    }
    await page.goto(`${ADMIN}/?lang=ja`);
    await page.locator('#requests [data-id], .requests [data-id]').first().waitFor(PATIENCE);
    await page.screenshot({ path: PICTURE, fullPage: true });
  },
  'asks no other host': async () => {
    must(strangers.length === 0, strangers.join(' '));
  },
  'has nothing to complain of': async () => {
    must(complaints.length === 0, complaints.join('\n'));
  },
};

await run(checks);
await context.close();
