// What is read: codes, dates, ports, addresses in JSON.

import { expect, test } from 'vitest';
import { grouped, readCode } from '../src/lib/code';
import { placeCode, places, states } from '../src/lib/countries';
import { type } from '../src/lib/declaration/body';
import { typedDate } from '../src/lib/declaration/typed';
import { readBound } from '../src/lib/form/calendar';
import { decimals, typedValue } from '../src/lib/form/kinds';
import { parseForm } from '../src/lib/form/parse';
import { JsonObject } from '../src/lib/json';
import { placed, readProblem } from '../src/lib/problem';
import { offsetAt, portOf, portOfLaunch, today } from '../src/lib/ports';
import { instantIn } from '../src/lib/when';
import { Words } from '../src/lib/words';
import { RESPIRATORY } from './support/server';

test('a scene code, an address or nothing names the port', () => {
  expect(portOfLaunch({ scene: encodeURIComponent('p=CNPEK&k=3') })).toBe('CNPEK');
  expect(portOfLaunch({ scene: 'cnpek' })).toBe('CNPEK');
  expect(portOfLaunch({ port: 'CNPEK' })).toBe('CNPEK');
  for (const query of [{}, { scene: 'XXXXX' }, { scene: '%' }, { port: '../../x' }]) expect(portOfLaunch(query)).toBeUndefined();
});

test('the day and the times are the port\'s', () => {
  const port = portOf('CNPEK')!;
  expect(today(port, Date.parse('2026-11-23T17:00:00Z'))).toBe('2026-11-24');
  const summer = { ...port, offsets: [[0, 0], [Date.parse('2026-03-29T01:00:00Z'), 60]] as [number, number][] };
  expect(offsetAt(summer, Date.parse('2026-03-29T00:59:00Z'))).toBe(0);
  expect(offsetAt(summer, Date.parse('2026-03-29T01:00:00Z'))).toBe(60);
  expect(instantIn(new Words('zh-Hans'), port, '2026-11-24T06:00:00Z')).toContain('UTC+8');
});

test('a code is read as people type it, and a slip is found', () => {
  const code = '0000000000'.split('').map((_, n) => '123456789A'[n]).join('');
  const sum = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].reduce((all, value, n) => all + value * (2 * n + 1), 0);
  const whole = code + '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[sum % 32];
  expect(readCode(grouped(whole).toLowerCase())).toEqual({ code: whole });
  expect(readCode(whole.replace('1', 'l'))).toEqual({ code: whole });
  expect(readCode(`2${whole.slice(1)}`)).toEqual({ wrong: 'check' });
  expect(readCode('123')).toEqual({ wrong: 'shape' });
});

test('a date may be typed in many ways, and what leaves a doubt stays', () => {
  for (const typed of ['1974-07-23', ' 19740723 ', '1974/7/23', '1974 7 23', '1974年7月23日', '１９７４－７－２３']) {
    expect(typedDate(typed)).toBe('1974-07-23');
  }
  for (const typed of ['23.7.1974', '23/07/1974', '7/23/1974']) expect(typedDate(typed)).toBe('1974-07-23');
  expect(typedDate('7/7/1974')).toBe('1974-07-07');
  for (const typed of ['3/7/1974', '12.11.2026', '32/7/1974', '32/32/1974', '0/0/1974', '23/13/1974', '23/7/74', '7-23', 'July 1974', '']) expect(typedDate(typed)).toBe(typed);
  expect(typedDate('1974-7')).toBe('1974-07');
});

test('numbers are read with a point or a comma, and what is none stays a text', () => {
  expect(typedValue('decimal', '37,5')).toBe(37.5);
  expect(typedValue('decimal', '37.')).toBe(37);
  expect(typedValue('integer', '37.5')).toBe('37.5');
  expect(typedValue('decimal', 'warm')).toBe('warm');
  expect([decimals(37), decimals(37.25), decimals(1e-7), decimals(1e21)]).toEqual([0, 2, 7, 0]);
});

test('limits counted from today are read as the server reads them', () => {
  expect(readBound('today() - 14 days')).toEqual({ plusDays: -14 });
  expect(readBound(' today()+1 day')).toEqual({ plusDays: 1 });
  for (const other of ['now()', 'today() - 2 months', 'today() 3 days', 'today() + 99999 days', '']) expect(readBound(other)).toBeUndefined();
});

test('countries come in the order of the reader\'s language', () => {
  expect(places('en')[0]?.name).toBe('Afghanistan');
  expect(places('zh-Hans')[0]?.name).toBe('阿尔巴尼亚');
  expect([placeCode('cn'), placeCode('D'), placeCode('XKX'), placeCode('XXA'), placeCode('ZZZ')]).toEqual(['CHN', 'DEU', 'RKS', undefined, undefined]);
  expect(states('en').some(({ code }) => code === 'XXA')).toBe(true);
  expect(states('en').some(({ code }) => code === 'UTO')).toBe(false);
});

test('what is typed into rows makes lists, and a linkId that is a digit makes none', () => {
  const form = parseForm({
    item: [
      { linkId: '0', type: 'group', text: 'A', item: [{ linkId: '1', type: 'group', repeats: true, text: 'B', item: [{ linkId: '2', type: 'string', text: 'C' }] }] },
    ],
  });
  const body: JsonObject = {};
  type(body, '/answers/0/1/1/2', 'x', form.items);
  expect(body).toEqual({ answers: { 0: { 1: [null, { 2: 'x' }] } } });
});

test('errors are placed at their fields, in the words that belong there', () => {
  const form = parseForm(RESPIRATORY);
  const told = placed(new Words('en'), form, [
    { pointer: '/traveller/birth_date', code: 'required', message: 'Give an answer.' },
    { pointer: '/companions/2/contact', code: 'x', message: 'Elsewhere.' },
    { pointer: '/answers/health/temperature_c', code: 'too-large', message: 'Enter 43 or less.' },
    { pointer: '/answers/health/symptoms/1', code: 'too-long', message: 'Shorten this.' },
    { pointer: '/companions/0/answers/travel/visited/1/visited_country', code: 'not-a-country', message: 'Choose.' },
  ]);
  expect(told['/traveller/birth_date']).toEqual(['Enter the date of birth, as in 1990-02-01.']);
  expect(told['']).toEqual(['Elsewhere.']);
  expect(told['/answers/health/temperature_c']).toEqual(['“What was your highest temperature, in °C?”: Enter 43 or less.']);
  expect(Object.keys(told)).toContain('/answers/health/symptoms');
  expect(Object.keys(told)).toContain('/companions/0/answers/travel/visited/1/visited_country');
});

test('an answer that is no problem document is one all the same', () => {
  expect(readProblem(502, undefined, undefined)).toEqual({ status: 502, code: 'status-502', detail: '', errors: [] });
  const early = readProblem(409, { code: 'too-early', detail: 'Later.', counts_from: '2026-11-23T06:00:00Z' }, '30');
  expect([early.code, early.retryS, early.countsFrom]).toEqual(['too-early', 30, '2026-11-23T06:00:00Z']);
});
