// The declaration's own fields, which every form has: trip, identity, contact. One line each, in the order of the server's pages
// (crates/app/src/channels/traveller/own.rs); the form's questions come from the port.

import { Listed, states } from '../countries';
import type { Words } from '../words';
import { NO_DOCUMENT } from './body';

/** How a field is asked. */
export type Look = 'line' | 'printed' | 'tel' | 'email' | 'lines' | 'day' | 'date' | 'document-type' | 'sex' | 'state' | 'relation';

export interface Own {
  /** Within the declaration or, of a person, within the companion. */
  pointer: string;
  /** In the keys of the texts: `field-NAME`, `hint-NAME`, `error-CODE-NAME`. */
  name: string;
  optional: boolean;
  look: Look;
}

export const TRIP: Own[] = [
  { pointer: '/trip/flight', name: 'flight', optional: false, look: 'printed' },
  { pointer: '/trip/date', name: 'arrival', optional: false, look: 'day' },
  { pointer: '/trip/seat', name: 'seat', optional: true, look: 'printed' },
];

export const PERSON: Own[] = [
  { pointer: '/traveller/document/type', name: 'document-type', optional: false, look: 'document-type' },
  { pointer: '/traveller/document/number', name: 'number', optional: false, look: 'printed' },
  { pointer: '/traveller/name/primary', name: 'primary', optional: false, look: 'line' },
  { pointer: '/traveller/name/secondary', name: 'secondary', optional: true, look: 'line' },
  { pointer: '/traveller/name/native', name: 'native', optional: true, look: 'line' },
  { pointer: '/traveller/birth_date', name: 'birth-date', optional: false, look: 'date' },
  { pointer: '/traveller/sex', name: 'sex', optional: false, look: 'sex' },
  { pointer: '/traveller/nationality', name: 'nationality', optional: false, look: 'state' },
  { pointer: '/traveller/document/issuer', name: 'issuer', optional: true, look: 'state' },
];

export const COMPANION: Own[] = [
  { pointer: '/relation', name: 'relation', optional: false, look: 'relation' },
  { pointer: '/seat', name: 'seat', optional: true, look: 'printed' },
];

export const CONTACT: Own[] = [
  { pointer: '/contact/phone', name: 'phone', optional: false, look: 'tel' },
  { pointer: '/contact/email', name: 'email', optional: true, look: 'email' },
  { pointer: '/contact/address', name: 'address', optional: true, look: 'lines' },
];

const DOCUMENTS = ['passport', 'identity-card', 'travel-permit', 'crew', 'emergency', 'other', NO_DOCUMENT];
const RELATIONS = ['child', 'partner', 'parent', 'family', 'ward', 'other'];

/** Codes whose sentence does not say which field it is about. */
const UNNAMED = ['required', 'too-long', 'not-text', 'not-a-date', 'date-in-future', 'date-too-old', 'not-a-country'];

/** The field that a pointer into the declaration means. */
export function ownAt(pointer: string): Own | undefined {
  const companion = /^\/companions\/\d+(\/.*)$/.exec(pointer)?.[1];
  const lists = companion === undefined ? [TRIP, PERSON, CONTACT] : [PERSON, COMPANION];
  return ([] as Own[]).concat(...lists).find((own) => own.pointer === (companion ?? pointer));
}

export function label(words: Words, own: Own): string {
  return words.t(`field-${own.name}`);
}

/** What is wrong with the field, in words of its own where there are any; `message` is the server's. */
export function messageOf(words: Words, own: Own, code: string, message: string): string {
  const special = words.find(`error-${code}-${own.name}`);
  if (special !== undefined) return special;
  return UNNAMED.includes(code) ? words.t('error-at-field', { field: label(words, own), message }) : message;
}

/** What can be chosen. */
export function listed(words: Words, own: Own): Listed[] {
  switch (own.look) {
    case 'document-type': return DOCUMENTS.map((code) => ({ code, name: words.t(`document-${code}`) }));
    case 'sex': return ['F', 'M', 'X'].map((code) => ({ code, name: words.t(`sex-${code.toLowerCase()}`) }));
    case 'relation': return RELATIONS.map((code) => ({ code, name: words.t(`relation-${code}`) }));
    case 'state': return states(words.language);
    default: return [];
  }
}
