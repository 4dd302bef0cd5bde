// The page on which visitors check receipts, in headless Chromium: as the console serves it, and saved
// to disk and opened without any server.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { must, run, scratch } from './checks.mjs';

const { ADMIN, ADMIN_TOKEN, FOLDER, ID } = process.env;
const PATIENCE = { timeout: 20_000 };
const folder = scratch('check');
const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
  executablePath: '/usr/bin/chromium',
  headless: true,
  locale: 'ja-JP',
  viewport: { width: 1280, height: 1000 },
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await context.newPage();
const complaints = [];
page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()); });
page.on('pageerror', (error) => complaints.push(String(error)));
const path = (name) => join(FOLDER, name);
const forged = join(folder, 'forged.txt');
writeFileSync(forged, readFileSync(path('receipt.txt'), 'utf8').replace(/^index .*$/m, 'index 0'));

async function verdict(receipt, keys = readFileSync(path('keys.pub'), 'utf8')) {
  await page.locator('#receipt').setInputFiles(receipt);
  await page.locator('#keys').fill(keys);
  await page.locator('#check button.go').click();
  await page.locator('#result[data-verdict]').waitFor(PATIENCE);
  return page.locator('#result').getAttribute('data-verdict');
}

/** Runs in the page: what lies outside the window. */
const faults = () => (document.documentElement.scrollWidth > document.documentElement.clientWidth ? 'the page scrolls sideways' : '');

const checks = {
  'verifies a receipt in the browser and says what it does not': async () => {
    await page.goto(`${ADMIN}/?token=${ADMIN_TOKEN}`);
    await page.goto(`${ADMIN}/check?id=${ID}&lang=en`);
    await page.locator('#request').setInputFiles(path('request.json'));
    await page.locator('#response').setInputFiles(path('response.json'));
    must((await verdict(path('receipt.txt'))) === 'holds', await page.locator('#result').innerText());
    const text = await page.locator('#result').innerText();
    must(text.includes('It holds.') && text.includes("only 'dejima verify' does it"), text);
    must((await page.locator('.findings [data-state="holds"]').count()) > 10, text);
    must((await page.locator('.findings [data-state="fails"]').count()) === 0, text);
  },
  'refuses a forged receipt and shows nothing of what it says': async () => {
    must((await verdict(forged)) === 'refused', 'not refused');
    must((await page.locator('.says').count()) === 0, 'still says something');
    must((await page.locator('.findings [data-state="fails"]').getAttribute('data-step')) === 'inclusion', 'another step');
  },
  'tells a receipt from the one that the visitor came for': async () => {
    await page.goto(`${ADMIN}/check?id=${ID}&lang=en`);
    must((await verdict(path('other.txt'))) === 'holds', 'the other receipt');
    must((await page.locator('#result .fault').innerText()).includes(ID), 'no warning');
  },
  'offers this server\'s key': async () => {
    await page.locator('#own-keys').click();
    must((await page.locator('#keys').inputValue()) === readFileSync(path('keys.pub'), 'utf8'), 'another key');
  },
  'takes a receipt that is dropped': async () => {
    const text = readFileSync(path('receipt.txt'), 'utf8');
    const data = await page.evaluateHandle((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], 'receipt.txt'));
      return transfer;
    }, text);
    await page.locator('.drop').first().dispatchEvent('drop', { dataTransfer: data });
    must((await page.locator('#receipt').evaluate((input) => input.files[0]?.name)) === 'receipt.txt', 'not taken');
  },
  'asks for what is missing': async () => {
    await page.goto(`${ADMIN}/check?lang=en`);
    await page.locator('#check button.go').click();
    must((await page.locator('#result').innerText()).includes("Choose the receipt's file"), await page.locator('#result').innerText());
  },
  'is forbidden to connect to anything': async () => {
    const blocked = await page.evaluate(() => fetch('/admin/v1/sites').then(() => false, () => true));
    must(blocked, 'it could connect');
    complaints.splice(0, complaints.length, ...complaints.filter((text) => !/Content Security Policy|connect-src|default-src/.test(text)));
  },
  'works saved to disk and without a server, in both languages': async () => {
    for (const lang of ['ja', 'en']) {
      const answer = await context.request.get(`${ADMIN}/check.html?lang=${lang}`);
      must(answer.headers()['content-disposition'].includes('attachment'), 'no attachment');
      const saved = join(folder, `check-${lang}.html`);
      writeFileSync(saved, await answer.body());
      await context.setOffline(true);
      const asked = [];
      const note = (request) => { if (!request.url().startsWith('data:')) asked.push(request.url()); };
      page.on('request', note);
      await page.goto(pathToFileURL(saved).href);
      must((await verdict(path('receipt.txt'))) === 'holds', await page.locator('#result').innerText());
      must((await verdict(forged)) === 'refused', 'forged');
      must((await page.locator('#result').innerText()).includes(lang === 'ja' ? '成り立ちません' : 'It does not hold'), 'language');
      page.off('request', note);
      await context.setOffline(false);
      must(asked.every((url) => url === pathToFileURL(saved).href), asked.join(' '));
    }
  },
  'fits narrow and wide windows': async () => {
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 1000 });
      await page.goto(`${ADMIN}/check?id=${ID}`);
      await verdict(path('receipt.txt'));
      must((await page.evaluate(faults)) === '', `at ${width}`);
    }
  },
  'has nothing to complain of': async () => {
    must(complaints.length === 0, complaints.join('\n'));
  },
};

await run(checks);
await context.close();
