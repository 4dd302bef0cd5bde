// Counts down until when grounds count, and asks for the sites anew now and then; every page works
// without it.
const words = JSON.parse(document.body.dataset.words);
const SECOND = 1000;
const ANEW = 10 * SECOND;

const inWords = (seconds) => {
  const fill = (key, ...numbers) => numbers.reduce((text, number) => text.replace('%d', number), words[`left.${key}`]);
  if (seconds <= 0) return words['left.none'];
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return fill('days', days, hours % 24);
  if (hours > 0) return fill('hours', hours, minutes % 60);
  return fill('minutes', minutes, seconds % 60);
};

const ends = new WeakMap();
const tick = () => {
  for (const place of document.querySelectorAll('.left[data-until]:not([data-until=""])')) {
    if (!ends.has(place)) ends.set(place, Date.parse(place.dataset.until));
    const text = inWords(Math.max(0, Math.floor((ends.get(place) - Date.now()) / SECOND)));
    if (place.textContent !== text) place.textContent = text;
  }
};

const anew = async () => {
  const place = document.getElementById('fresh');
  if (document.hidden || place.contains(document.activeElement) || !getSelection().isCollapsed) return;
  const answer = await fetch(location.pathname, { headers: { Accept: 'text/html' } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  place.replaceChildren(...page.getElementById('fresh').childNodes);
  tick();
};

document.body.dataset.script = 'on';
if (document.getElementById('fresh')) {
  setInterval(tick, SECOND);
  setInterval(() => anew().catch(() => {}), ANEW);
}
