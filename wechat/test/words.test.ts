// The texts: every one there in both languages, and shown as Fluent says.

import { expect, test } from 'vitest';
import { PAGE_KEYS, TEXTS } from '../src/generated/texts';
import { noticeOf, parts } from '../src/lib/notice';
import { LANGUAGES, languageOf, Words } from '../src/lib/words';

test('every text stands in both languages', () => {
  expect(Object.keys(TEXTS)).toEqual(['en', 'zh-Hans']);
  expect(Object.keys(TEXTS.en ?? {}).sort()).toEqual(Object.keys(TEXTS['zh-Hans'] ?? {}).sort());
  for (const language of LANGUAGES) {
    const words = new Words(language);
    for (const page of Object.keys(PAGE_KEYS)) for (const text of Object.values(words.ofPage(page))) expect(text).not.toContain('⟦');
  }
});

test('figures stand in their places, and plurals fit them', () => {
  const en = new Words('en');
  expect(en.t('error-too-long', { max: '40' })).toBe('Shorten this to 40 characters or fewer.');
  expect(en.t('error-too-few', { min: '1' })).toBe('Give at least 1 answer.');
  expect(en.t('error-too-few', { min: '2' })).toBe('Give at least 2 answers.');
  expect(en.t('error-too-many-decimals', { max: '0' })).toContain('a whole number');
  expect(new Words('zh-Hans').t('date', { year: '2026', month: '十一月', day: '24' })).toContain('24');
});

test('a phone that speaks any Chinese gets Chinese', () => {
  expect(['zh_CN', 'zh_TW', 'zh-Hans', 'ZH'].map(languageOf)).toEqual(Array(4).fill('zh-Hans'));
  expect(['en', 'fr', ''].map(languageOf)).toEqual(Array(3).fill('en'));
});

test('the privacy notice is there whole, with its version', () => {
  const zh = parts(new Words('zh-Hans'), 'privacy', 'CNPEK');
  expect(zh.length).toBeGreaterThanOrEqual(5);
  expect(zh.map((part) => part.title + part.text).join()).not.toContain('⟦');
  expect(parts(new Words('en'), 'privacy').some((part) => part.text.includes('180 days'))).toBe(true);
  expect(noticeOf('CNPEK').version).toMatch(/^\d{4}-\d{2}$/);
});
