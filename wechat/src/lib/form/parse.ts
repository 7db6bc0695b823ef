// A FHIR R4 Questionnaire to a form. The server has found it sound (`pratique questionnaire check`) before it put it in force,
// so here nothing is judged: what is not known is left out, and the server checks every answer again.

import { isObject, Json, JsonObject } from '../json';
import { DateBound, readBound, readDate } from './calendar';
import { check } from './kinds';
import type { Bounds, Choice, Condition, Form, Item, Kind, Operator, Text } from './item';
import { Problem } from './problem';

const BASE = 'http://hl7.org/fhir/StructureDefinition/';
const COUNTRIES = 'http://hl7.org/fhir/ValueSet/iso3166-1-3';

const KINDS: { [type: string]: Kind } = {
  group: 'group', display: 'display', boolean: 'boolean', string: 'string', text: 'text', integer: 'integer',
  decimal: 'decimal', date: 'date', choice: 'choice', 'open-choice': 'open_choice',
};

/** Reads what `GET /questionnaires/{port}` answers. */
export function parseForm(json: JsonObject): Form {
  return new Reader(string(json.language) || 'en').form(json);
}

class Reader {
  private readonly known = new Map<string, Item>();

  constructor(private readonly language: string) {}

  form(json: JsonObject): Form {
    return { url: string(json.url), version: string(json.version), items: this.children(json) };
  }

  private children(json: JsonObject): Item[] {
    const items: Item[] = [];
    for (const inner of objects(json.item)) {
      const item = isHelp(inner) ? undefined : this.item(inner);
      if (item) items.push(item);
    }
    return items;
  }

  private item(json: JsonObject): Item | undefined {
    const kind = json.answerValueSet === undefined ? KINDS[string(json.type)] : country(json);
    if (!kind) return undefined;
    const help = objects(json.item).find(isHelp);
    const item: Item = {
      linkId: string(json.linkId),
      kind,
      required: json.required === true,
      repeats: json.repeats === true,
      bounds: bounds(json, kind),
      options: this.options(json),
      conditions: this.conditions(json),
      any: json.enableBehavior === 'any',
      children: [],
      text: this.text(json, 'text'),
    };
    if (help) item.help = this.text(help, 'text');
    this.known.set(item.linkId, item);
    if (kind === 'group') item.children = this.children(json);
    return item;
  }

  private options(json: JsonObject): Choice[] {
    return objects(json.answerOption).map((option) => {
      const coding = option.valueCoding;
      if (isObject(coding)) return { code: string(coding.code), text: this.text(coding, 'display') };
      return { code: string(option.valueString), text: this.text(option, 'valueString') };
    });
  }

  private conditions(json: JsonObject): Condition[] {
    return objects(json.enableWhen).map((when) => {
      const question = string(when.question);
      const operator = string(when.operator) as Operator;
      const [, value] = valueOf(when, 'answer') ?? ['', null];
      const code = isObject(value) ? value.code ?? null : value;
      return { question, operator, expected: operator === 'exists' ? value : this.canonical(question, code) };
    });
  }

  /** The value as its question's own kind writes it, without the form's limits, so that it compares with canonical answers. */
  private canonical(question: string, value: Json): Json {
    const target = this.known.get(question);
    if (!target) return value;
    const read = check({ ...target, bounds: {}, options: [] }, value, '2000-01-01');
    return read instanceof Problem ? value : read;
  }

  /** The text and its translations, which FHIR keeps at the key with `_` before it (R4 JSON, primitives). */
  private text(json: JsonObject, key: string): Text {
    const text: Text = {};
    if (typeof json[key] === 'string') text[this.language] = string(json[key]);
    const beside = json[`_${key}`];
    for (const translation of isObject(beside) ? extensions(beside, `${BASE}translation`) : []) {
      const language = extensions(translation, 'lang')[0]?.valueCode;
      const content = extensions(translation, 'content')[0];
      const words = content?.valueString ?? content?.valueMarkdown;
      if (typeof language === 'string' && typeof words === 'string') text[language] = words;
    }
    return text;
  }
}

/** The one value set that is known: countries, with or without a version after a bar (R4 canonical). */
function country(json: JsonObject): Kind | undefined {
  return json.type === 'choice' && string(json.answerValueSet).split('|')[0] === COUNTRIES ? 'country' : undefined;
}

function bounds(json: JsonObject, kind: Kind): Bounds {
  const one = (name: string): JsonObject | undefined => extensions(json, BASE + name)[0];
  const count = (name: string): number | undefined => number(one(name)?.valueInteger);
  const found: Bounds = {
    lengthMax: number(json.maxLength),
    lengthMin: count('minLength'),
    countMin: count('minOccurs'),
    countMax: count('maxOccurs'),
    decimalsMax: count('maxDecimalPlaces'),
  };
  const [min, max] = [one('minValue'), one('maxValue')];
  if (kind === 'date') {
    found.dateMin = dateLimit(min);
    found.dateMax = dateLimit(max);
  } else {
    found.numberMin = number(min?.valueInteger ?? min?.valueDecimal);
    found.numberMax = number(max?.valueInteger ?? max?.valueDecimal);
  }
  return found;
}

function dateLimit(extension: JsonObject | undefined): DateBound | undefined {
  if (!extension) return undefined;
  if (typeof extension.valueDate === 'string') {
    const fixed = readDate(extension.valueDate);
    return fixed === undefined ? undefined : { fixed };
  }
  const beside = extension._valueDate;
  if (!isObject(beside)) return undefined;
  const calculated = extensions(beside, `${BASE}cqf-expression`)[0] ?? extensions(beside, `${BASE}cqf-calculatedValue`)[0];
  const expression = calculated?.valueExpression;
  return isObject(expression) ? readBound(string(expression.expression)) : undefined;
}

/** A display text whose item control is `help` belongs to the item that holds it. */
function isHelp(json: JsonObject): boolean {
  const concepts = extensions(json, `${BASE}questionnaire-itemControl`).map((one) => one.valueCodeableConcept);
  const codings = concepts.reduce<JsonObject[]>((all, one) => all.concat(isObject(one) ? objects(one.coding) : []), []);
  return json.type === 'display' && codings.some((coding) => coding.code === 'help');
}

function extensions(json: JsonObject, url: string): JsonObject[] {
  return objects(json.extension).filter((extension) => extension.url === url);
}

/** `value[x]` or `answer[x]`: the type and the value. */
function valueOf(json: JsonObject, prefix: string): [string, Json] | undefined {
  const key = Object.keys(json).find((name) => name.startsWith(prefix) && /^[A-Z]/.test(name.slice(prefix.length)));
  return key === undefined ? undefined : [key.slice(prefix.length), json[key] ?? null];
}

function objects(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function string(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function number(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
