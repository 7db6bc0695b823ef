// From the questions of a form that are asked now to the blocks of a page: one line for each kind, as on the server's pages
// (crates/app/src/page/asked.rs).

import { Block, Control, Field, Other, OTHER, Pick } from '../blocks';
import { places } from '../countries';
import { at, Json, JsonObject, token } from '../json';
import { dayIn } from '../when';
import type { Words } from '../words';
import type { Told } from '../declaration/own_blocks';
import { countMax, countMin, inLanguage, Item, isRows, LINE_MAX, TEXT_MAX } from './item';
import type { Visible } from './walk';

/** More answers than this to choose one from are a list to unfold. */
const RADIOS_MAX = 8;

export class Asker {
  /** `base` is the pointer of the answers in the declaration; `told` what is wrong, in words, by pointer into the declaration. */
  constructor(
    private readonly words: Words,
    private readonly base: string,
    private readonly answers: JsonObject,
    private readonly told: Told,
    /** The questions for which a line for own words was opened, nothing being written in it yet. */
    private readonly opened: ReadonlySet<string> = new Set(),
  ) {}

  /** The blocks of one section: its own heading is the page's. */
  section(shown: Visible): Block[] {
    if (shown.item.kind === 'group' && !shown.item.repeats) return this.all(shown.rows[0] ?? []);
    return this.one(shown);
  }

  private all(shown: Visible[]): Block[] {
    return ([] as Block[]).concat(...shown.map((one) => this.one(one)));
  }

  private one(shown: Visible): Block[] {
    const name = this.base + shown.pointer;
    const { item } = shown;
    if (item.kind === 'display') return [{ kind: 'text', name, text: this.say(item) }];
    if (isRows(item)) return this.rows(shown, name);
    if (item.kind === 'group') return [this.heading(item, name), ...this.all(shown.rows[0] ?? [])];
    return this.question(item, name, shown.given);
  }

  private heading(item: Item, name: string): Block {
    const optional = isRows(item) && countMin(item) === 0 ? this.words.t('optional') : '';
    return { kind: 'heading', name, text: this.say(item), optional, hint: inLanguage(item.help, this.words.language), errors: this.told[name] ?? [] };
  }

  /** The rows given, then those still empty, and one empty row where there is none at all: an invitation, not a duty. */
  private rows(shown: Visible, name: string): Block[] {
    const { item } = shown;
    const drafted = at(this.answers, shown.pointer);
    const count = Math.max(Array.isArray(drafted) ? drafted.length : 0, shown.rows.length, 1);
    const blocks: Block[] = [this.heading(item, name)];
    for (let n = 0; n < count; n += 1) {
      const place = `${name}/${n}`;
      const text = this.words.t('row-number', { count: String(n + 1) });
      blocks.push({ kind: 'row', name: place, text, remove: count > 1 ? this.words.t('row-remove') : '' });
      const row = shown.rows[n];
      blocks.push(...(row ? this.all(row) : this.empty(item.children, place)));
    }
    if (count < countMax(item)) blocks.push({ kind: 'add', name, count, text: this.words.t('row-add') });
    return blocks;
  }

  /** The questions of a row that nobody has answered yet: those that depend on an answer wait for it. */
  private empty(items: Item[], place: string): Block[] {
    const asked = items.filter((item) => item.conditions.length === 0 && !isRows(item));
    return asked.reduce<Block[]>((blocks, item) => {
      const name = `${place}/${token(item.linkId)}`;
      if (item.kind === 'display') return blocks.concat({ kind: 'text', name, text: this.say(item) });
      if (item.kind === 'group') return blocks.concat(this.heading(item, name), this.empty(item.children, name));
      return blocks.concat(this.question(item, name, undefined));
    }, []);
  }

  private question(item: Item, name: string, given: Json | undefined): Block[] {
    const field = this.field(item, name);
    if (choosesFromOptions(item) || item.kind === 'boolean' || !item.repeats) {
      return [{ ...field, control: this.control(item, given, name) }];
    }
    return this.several(item, field, given);
  }

  /** Several answers in words, numbers, dates or countries: a field each. */
  private several(item: Item, field: Field, given: Json | undefined): Block[] {
    const drafted = at(this.answers, field.name.slice(this.base.length)) ?? given;
    const values = Array.isArray(drafted) && drafted.length > 0 ? drafted : [null];
    const head: Block = { kind: 'heading', name: field.name, text: field.label, optional: field.optional, hint: field.hint, errors: field.errors };
    const fields = values.map<Block>((value, nth) => ({
      ...field,
      nth,
      several: true,
      label: this.words.t('answer-number', { count: String(nth + 1) }),
      hint: '',
      optional: '',
      errors: this.told[`${field.name}/${nth}`] ?? [],
      control: this.control(item, value),
    }));
    const more: Block[] = values.length < countMax(item)
      ? [{ kind: 'add', name: field.name, count: values.length, text: this.words.t('answer-add') }]
      : [];
    return [head, ...fields, ...more];
  }

  private field(item: Item, name: string): Field {
    return {
      kind: 'field',
      name,
      nth: 0,
      several: false,
      label: this.say(item),
      hint: inLanguage(item.help, this.words.language) || this.usualHint(item),
      optional: countMin(item) === 0 ? this.words.t('optional') : '',
      errors: this.told[name] ?? [],
      control: { type: 'line', value: '', keyboard: 'text', max: LINE_MAX },
    };
  }

  private control(item: Item, given: Json | undefined, name = ''): Control {
    const value = textsOf(given)[0] ?? '';
    if (item.kind === 'boolean') return { type: 'radios', picks: this.yesOrNo(value), other: null };
    if (choosesFromOptions(item)) return this.choice(item, textsOf(given), this.opened.has(name));
    switch (item.kind) {
      case 'country': return this.select(places(this.words.language), value);
      case 'text': return { type: 'lines', value, max: Math.min(item.bounds.lengthMax ?? TEXT_MAX, TEXT_MAX) };
      case 'date': return { type: 'date', value, text: dayIn(this.words, value) };
      // Where a number may be below nothing a number keyboard has no sign for it.
      case 'integer': return { type: 'line', value, keyboard: isBelowZero(item) ? 'text' : 'number', max: 12 };
      case 'decimal': return { type: 'line', value, keyboard: isBelowZero(item) ? 'text' : 'digit', max: 20 };
      default: return { type: 'line', value, keyboard: 'text', max: Math.min(item.bounds.lengthMax ?? LINE_MAX, LINE_MAX) };
    }
  }

  private yesOrNo(value: string): Pick[] {
    return [
      { value: 'true', text: this.words.t('answer-yes'), chosen: value === 'true' },
      { value: 'false', text: this.words.t('answer-no'), chosen: value === 'false' },
    ];
  }

  private choice(item: Item, given: string[], opened: boolean): Control {
    const { language } = this.words;
    const picks = item.options.map(({ code, text }) => ({
      value: code, text: inLanguage(text, language) || code, chosen: given.includes(code),
    }));
    const own = given.find((text) => !item.options.some(({ code }) => code === text));
    const isOpen = item.kind === 'open_choice';
    if (item.repeats) {
      const other = isOpen ? { label: this.words.t('answer-other'), value: own ?? '', open: true } : null;
      return { type: 'checks', picks, other };
    }
    if (!isOpen && picks.length > RADIOS_MAX) {
      return this.select(picks.map(({ value, text }) => ({ code: value, name: text })), given[0] ?? '');
    }
    let other: Other | null = null;
    if (isOpen) {
      const open = own !== undefined || (opened && given.length === 0);
      picks.push({ value: OTHER, text: this.words.t('answer-other'), chosen: open });
      other = { label: this.words.t('answer-own-words'), value: own ?? '', open };
    }
    return { type: 'radios', picks, other };
  }

  private select(rows: { code: string; name: string }[], value: string): Control {
    const all = [{ code: '', name: this.words.t('answer-none-yet') }, ...rows];
    const index = Math.max(0, all.findIndex(({ code }) => code === value));
    return { type: 'select', texts: all.map(({ name }) => name), values: all.map(({ code }) => code), index };
  }

  private usualHint(item: Item): string {
    return item.repeats && choosesFromOptions(item) ? this.words.t('hint-any-number') : '';
  }

  private say(item: Item): string {
    return inLanguage(item.text, this.words.language);
  }
}

export function choosesFromOptions(item: Item): boolean {
  return item.kind === 'choice' || item.kind === 'open_choice' || item.options.length > 0;
}

function isBelowZero(item: Item): boolean {
  return (item.bounds.numberMin ?? -1) < 0;
}

/** What a control shows of a value. */
export function textsOf(value: Json | undefined): string[] {
  const values = Array.isArray(value) ? value : [value ?? null];
  return values.map((one) => (one === null || typeof one === 'object' ? '' : String(one))).filter((text) => text !== '');
}
