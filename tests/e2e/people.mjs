// Invented people with passports, and what they declare.

import { randomInt } from 'node:crypto';

/** A person whom nobody has met before: the same name each time, another document number. */
export function invent(given = 'Mira', family = 'Adeyemi-Probe') {
  const number = `E${randomInt(10_000_000, 99_999_999)}`;
  return { family, given, number, born: '1988-03-02', sex: 'F', state: 'NGA' };
}

/** What the pages' fields hold when this person declares, healthy, for a flight of `{flight, date}`. */
export function fields(person, trip) {
  return {
    '/trip/flight': trip.flight,
    '/trip/date': trip.date,
    '/trip/seat': '31A',
    '/traveller/document/type': 'passport',
    '/traveller/document/number': person.number,
    '/traveller/name/primary': person.family,
    '/traveller/name/secondary': person.given,
    '/traveller/birth_date': person.born,
    '/traveller/sex': person.sex,
    '/traveller/nationality': person.state,
    '/contact/phone': '+86 138 0000 0000',
    '/answers/exposure/contact_case': 'false',
    '/answers/exposure/contact_ill': 'false',
    '/answers/exposure/community_cases': 'false',
    '/answers/exposure/cluster': 'false',
    '/answers/health/unwell': 'false',
    '/answers/health/medicine': 'false',
    '/answers/test/tested': 'false',
  };
}

/** The same as a body of `POST /api/v1/declarations`; `answers` replaces the healthy ones. */
export function declaration(person, trip, answers = {}) {
  const healthy = ['contact_case', 'contact_ill', 'community_cases', 'cluster', 'unwell', 'medicine', 'tested'];
  return {
    port: 'CNPEK',
    language: 'en',
    channel: 'web',
    traveller: {
      document: { type: 'passport', number: person.number, issuer: person.state },
      name: { primary: person.family, secondary: person.given },
      birth_date: person.born,
      sex: person.sex,
      nationality: person.state,
    },
    trip: { ...trip, seat: '31A' },
    contact: { phone: '+8613800000000' },
    answers: { ...Object.fromEntries(healthy.map((name) => [name, false])), ...answers },
    attested: true,
  };
}

/** Declares over the API; returns its answer: `code`, `pass`, `state`, … */
export async function declareByApi(url, person, trip, answers) {
  const response = await fetch(`${url}/api/v1/declarations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(declaration(person, trip, answers)),
    signal: AbortSignal.timeout(20_000),
  });
  if (response.status !== 201) throw new Error(`declaring gave ${response.status}: ${await response.text()}`);
  return response.json();
}

/** The two lines at the foot of the person's passport (ICAO Doc 9303-4, 4.2), good until 31 January 2031. */
export function zone(person) {
  const plain = (text) => text.toUpperCase().replace(/[^A-Z]/g, '<');
  const name = `${plain(person.family)}<<${plain(person.given)}`;
  const number = person.number.padEnd(9, '<');
  const born = person.born.replaceAll('-', '').slice(2);
  const dated = `${born}${digit(born)}`;
  const until = `310131${digit('310131')}`;
  const optional = '<'.repeat(14);
  const all = `${number}${digit(number)}${dated}${until}${optional}${digit(optional)}`;
  const second = `${number}${digit(number)}${person.state}${dated}${person.sex}${until}${optional}${digit(optional)}`;
  return `${`P<${person.state}${name}`.padEnd(44, '<').slice(0, 44)}\n${second}${digit(all)}`;
}

/** The same zone with one digit of its document's number misread: the next digit, which the check digit always shows. */
export function misread(lines) {
  const [first, second] = lines.split('\n');
  const at = 8;
  return `${first}\n${second.slice(0, at)}${(Number(second[at]) + 1) % 10}${second.slice(at + 1)}`;
}

/** The check digit (Doc 9303-3, 4.9): weights 7, 3, 1; letters count from 10, a filler is 0. */
function digit(text) {
  const values = [...text].map((char) => (char === '<' ? 0 : parseInt(char, 36)));
  return values.reduce((sum, value, at) => sum + value * [7, 3, 1][at % 3], 0) % 10;
}
