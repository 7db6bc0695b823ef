// What the mini-program takes from the rest of the repository, so that it cannot say anything else: the interface's texts, the
// ports, the list of countries, the privacy notice. Written to src/generated, which is never kept.

import { existsSync, readdirSync, readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { messages } from './fluent.mjs';
import { keysOf, pageKeys } from './keys.mjs';

const LANGUAGES = ['en', 'zh-Hans'];

/** Writes src/generated; `root` is the repository, `here` the mini-program, `config` a folder with an installation's ports. */
export function generate({ root, here, config }) {
  const out = join(here, 'src/generated');
  mkdirSync(out, { recursive: true });
  const write = (name, text) => writeFileSync(join(out, name), `// Written by build/generate.mjs.\n${text}`);
  write('texts.ts', texts(root, here));
  write('ports.ts', ports(join(config ?? root, 'ports')));
  write('countries.ts', countries(root));
  const under = (name) => (config && existsSync(join(config, name)) ? join(config, name) : join(root, name));
  write('notice.ts', notices(under('notices'), under('ports')));
}

function texts(root, here) {
  const keys = keysOf(here);
  const all = {};
  for (const language of LANGUAGES) {
    const found = {
      ...messages(readFileSync(join(root, 'locales', `${language}.ftl`), 'utf8')),
      ...messages(readFileSync(join(here, 'texts', `${language}.ftl`), 'utf8')),
    };
    const wanted = Object.keys(found).filter((key) => keys.names.has(key) || keys.heads.some((head) => key.startsWith(head)));
    const missing = [...keys.names].filter((key) => !(key in found));
    if (missing.length > 0) throw new Error(`${language}: no text has the key ${missing.join(', ')}`);
    all[language] = Object.fromEntries(wanted.sort().map((key) => [key, found[key]]));
  }
  const type = "import type { Pattern } from '../lib/words';\n";
  return `${type}export const TEXTS: { [language: string]: { [key: string]: Pattern } } = ${JSON.stringify(all, null, 1)};\n` +
    `export const PAGE_KEYS: { [page: string]: string[] } = ${JSON.stringify(pageKeys(here), null, 1)};\n`;
}

function ports(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.toml')).sort();
  const list = files.map((name) => {
    const port = parseToml(readFileSync(join(folder, name), 'utf8'));
    return { code: port.code, name: port.name, help: port.help ?? {}, zone: port.time_zone, offsets: offsets(port.time_zone) };
  });
  if (list.length === 0) throw new Error(`there is no port in ${folder}`);
  return `import type { Port } from '../lib/ports';\nexport const PORTS: Port[] = ${JSON.stringify(list, null, 1)};\n`;
}

/** The zone's minutes from UTC, with the instant from which each holds: phones do not all know the zones. */
function offsets(zone) {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  const minutes = (at) => {
    const found = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(format.format(at));
    return found?.[1] ? (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) : 0;
  };
  const hour = 3_600_000;
  const [from, to] = [Date.UTC(2026, 0, 1), Date.UTC(2036, 0, 1)];
  const list = [[0, minutes(from)]];
  for (let at = from; at < to; at += 24 * hour) {
    if (minutes(at + 24 * hour) === list.at(-1)[1]) continue;
    // Zones change at most once a day, and at a quarter of an hour.
    let change = at;
    while (minutes(change) === list.at(-1)[1]) change += hour / 4;
    list.push([change, minutes(change)]);
  }
  return list;
}

function countries(root) {
  const places = JSON.parse(readFileSync(join(root, 'crates/core/data/countries.json'), 'utf8'));
  const rows = places.map((place) => [place.alpha2, place.alpha3, place.en, place.zh]);
  const source = readFileSync(join(root, 'crates/core/src/country.rs'), 'utf8');
  const listed = /DOCUMENT_CODES[^=]*= \[([\s\S]*?)\n\];/.exec(source)[1];
  const codes = [...listed.matchAll(/\("([A-Z]{3})", "([^"]*)", "([^"]*)"\)/g)].map((found) => found.slice(1, 4));
  if (rows.length < 200 || codes.length < 20) throw new Error('the list of countries cannot be read');
  return `export const PLACES: [string, string, string, string][] = ${JSON.stringify(rows)};\n` +
    `export const DOCUMENT_CODES: [string, string, string][] = ${JSON.stringify(codes)};\n`;
}

/** The privacy notice that each port shows, with its own numbers, as crates/app/src/house.rs chooses it. */
function notices(folder, ports) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.toml'));
  const all = files.map((name) => parseToml(readFileSync(join(folder, name), 'utf8')));
  const newest = (one, other) => (one.published + one.version < other.published + other.version ? other : one);
  const shown = readdirSync(ports).filter((name) => name.endsWith('.toml')).map((name) => {
    const port = parseToml(readFileSync(join(ports, name), 'utf8'));
    const found = port.notice ? all.find((notice) => notice.version === port.notice) : all.reduce(newest);
    if (!found) throw new Error(`${port.code}: there is no privacy notice ${port.notice}`);
    const terms = { ...RETENTION, ...port.retention };
    const days = Object.fromEntries(Object.entries(terms).map(([what, term]) => [what.replace(/_days$/, ''), term.days ?? term]));
    return [port.code, { version: found.version, parts: found.part, days }];
  });
  return "import type { Notice } from '../lib/notice';\n" +
    `export const NOTICES: { [port: string]: Notice } = ${JSON.stringify(Object.fromEntries(shown), null, 1)};\n`;
}

/** What a port's file leaves out, as crates/core/src/retention.rs has it. */
const RETENTION = { unused: 28, entry: 28, sampled: 90, contact: 90, case: 180, manifest_days: 28, draft_days: 30 };
