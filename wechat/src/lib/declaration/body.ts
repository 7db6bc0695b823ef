// A declaration as it is typed and as it is sent: the contract's JSON of `POST /api/v1/declarations`.

import { atPointer, Item } from '../form/item';
import { isBlank, isObject, Json, JsonObject, put, tokens } from '../json';

/** What a person says who has no travel document. It is never sent: then the document is left out. */
export const NO_DOCUMENT = 'none';
/** The most people declared along (crates/core/src/declaration/form.rs). */
export const COMPANIONS_MAX = 9;

export function emptyBody(port: string, language: string, notice: string): JsonObject {
  return {
    port, language, notice, channel: 'wechat',
    traveller: { document: { type: 'passport' }, name: {} }, trip: {}, contact: {}, answers: {}, companions: [], attested: false,
  };
}

export function emptyCompanion(): JsonObject {
  return { traveller: { document: { type: 'passport' }, name: {} }, answers: {} };
}

export function companions(body: JsonObject): JsonObject[] {
  return Array.isArray(body.companions) ? body.companions.filter(isObject) : [];
}

/** Puts what was typed at its place; a blank takes it out. */
export function type(body: JsonObject, pointer: string, value: Json | undefined, items: Item[]): void {
  put(body, pointer, isBlank(value) ? undefined : value, (inner) => isList(inner, items));
}

/** Which places hold lists: the companions, and what repeats in the form. */
function isList(pointer: string, items: Item[]): boolean {
  if (pointer === '/companions') return true;
  const keys = tokens(pointer);
  const found = atPointer(items, keys.slice(keys.indexOf('answers') + 1));
  return keys.includes('answers') && found !== undefined && found.item.repeats && !found.isPart;
}

/**
 * The declaration as it is sent: without what was left empty, without the document of somebody who has none, and with the
 * nationality for an issuing state left open, as the page promises.
 */
export function toSend(body: JsonObject, questionnaire: string): JsonObject {
  const sent = JSON.parse(JSON.stringify(body)) as JsonObject;
  const people = [sent, ...companions(sent)];
  for (const person of people) {
    if (isObject(person.traveller)) person.traveller = traveller(person.traveller);
    person.answers = isObject(person.answers) ? dropBlank(person.answers) : {};
  }
  for (const part of ['trip', 'contact']) {
    const inner = sent[part];
    sent[part] = isObject(inner) ? dropBlank(inner) : {};
  }
  if (companions(sent).length === 0) delete sent.companions;
  sent.questionnaire = questionnaire;
  sent.channel = 'wechat';
  return sent;
}

function traveller(typed: JsonObject): JsonObject {
  const sent = { ...typed, name: isObject(typed.name) ? dropBlank(typed.name) : {} } as JsonObject;
  const document = typed.document;
  if (!isObject(document) || document.type === NO_DOCUMENT) {
    delete sent.document;
    return sent;
  }
  const issuer = isBlank(document.issuer) ? typed.nationality : document.issuer;
  sent.document = dropBlank({ ...document, issuer: issuer ?? null });
  return sent;
}

function dropBlank(object: JsonObject): JsonObject {
  const kept: JsonObject = {};
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (value !== undefined && !isBlank(value)) kept[key] = value;
  }
  return kept;
}
