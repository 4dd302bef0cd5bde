// Makes ../src/main/resources/dejima/location/coast.bin from npm's world-atlas. See README.md beside this file.
//
//   npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz && node make-coast.mjs package/countries-10m.json
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const JAPAN = "392";
const EARTH = 6371.0088; // mean radius, km
const CENTRE = [137, 36]; // longitude, latitude of the middle of what is covered
const REACH = 3500; // km: coasts farther from the centre are left out
const LONGEST = 13.9; // km between two points of a coast: less than twice the 7 km by which every disc is widened
const UNITS = 1e5; // points are stored in hundred-thousandths of a degree
// An islet that Japan counts as its own and that holds no machine: it is nobody's coast here.
const LEFT_OUT = { near: [131.866, 37.241], within: 20 };

const rad = Math.PI / 180;
function distance(a, b) {
  const h =
    Math.sin(((b[1] - a[1]) * rad) / 2) ** 2 +
    Math.cos(a[1] * rad) * Math.cos(b[1] * rad) * Math.sin(((b[0] - a[0]) * rad) / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.sqrt(h));
}

const topology = JSON.parse(readFileSync(process.argv[2]));
const { scale, translate } = topology.transform;
const arcs = topology.arcs.map((arc) => {
  let x = 0;
  let y = 0;
  return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
});

// The outline of all foreign land together: arcs that bound it an odd number of times. Borders between two foreign countries cancel.
const uses = new Map();
for (const country of topology.objects.countries.geometries) {
  if (country.id === JAPAN) continue;
  const polygons = country.type === "Polygon" ? [country.arcs] : country.type === "MultiPolygon" ? country.arcs : [];
  for (const polygon of polygons) {
    for (const ring of polygon) {
      for (const arc of ring) {
        const index = arc < 0 ? ~arc : arc;
        uses.set(index, (uses.get(index) ?? 0) + 1);
      }
    }
  }
}

function densified(arc) {
  const points = [arc[0]];
  for (let i = 1; i < arc.length; i++) {
    const [from, to] = [arc[i - 1], arc[i]];
    const parts = Math.max(1, Math.ceil(distance(from, to) / LONGEST));
    for (let k = 1; k <= parts; k++) {
      points.push([from[0] + ((to[0] - from[0]) * k) / parts, from[1] + ((to[1] - from[1]) * k) / parts]);
    }
  }
  return points;
}

// Only runs of points within reach; a run keeps the first point beyond, so that no crossing is lost.
const lines = [];
let points = 0;
for (const [index, count] of [...uses].sort((a, b) => a[0] - b[0])) {
  if (count % 2 === 0) continue;
  if (arcs[index].some((p) => distance(p, LEFT_OUT.near) < LEFT_OUT.within)) continue;
  let run = [];
  const close = () => {
    if (run.length > 1) lines.push(run);
    run = [];
  };
  const line = densified(arcs[index]);
  line.forEach((point, i) => {
    const near = (p) => p !== undefined && distance(p, CENTRE) <= REACH;
    if (near(point) || near(line[i - 1]) || near(line[i + 1])) run.push(point);
    else close();
  });
  close();
}

const bytes = [];
function unsigned(n) {
  while (n >= 0x80) {
    bytes.push((n & 0x7f) | 0x80);
    n = Math.floor(n / 128);
  }
  bytes.push(n);
}
const signed = (n) => unsigned(n < 0 ? -2 * n - 1 : 2 * n);

bytes.push(...Buffer.from("DJCOAST1"));
unsigned(lines.length);
let [x, y] = [0, 0];
for (const line of lines) {
  unsigned(line.length);
  points += line.length;
  for (const [lon, lat] of line) {
    const [nx, ny] = [Math.round(lon * UNITS), Math.round(lat * UNITS)];
    signed(nx - x);
    signed(ny - y);
    [x, y] = [nx, ny];
  }
}
const out = new URL("../src/main/resources/dejima/location/coast.bin", import.meta.url);
writeFileSync(out, Buffer.from(bytes));
console.log(`${lines.length} lines, ${points} points, ${bytes.length} bytes`);
console.log(`sha256 ${createHash("sha256").update(Buffer.from(bytes)).digest("hex")}`);
