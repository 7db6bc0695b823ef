// A page of questions: the trip, a person, how to reach them, or one section of the form. All are the same page.

import { Block, idOf } from './blocks';
import { add, enter, remove } from './declaration/entry';
import { faults } from './declaration/faults';
import { nameOf } from './declaration/check_rows';
import { COMPANION, CONTACT, PERSON, TRIP } from './declaration/own';
import { ownBlocks, Told } from './declaration/own_blocks';
import { address, after, answersOf, baseOf, before, DECLARER, ofQuery, owns, Page as Kind, same, step, Step, steps } from './declaration/steps';
import { Draft } from './drafts';
import { Asker } from './form/asked';
import { Form, inLanguage } from './form/item';
import { House } from './house';
import { placed, placedHere } from './problem';
import { frame, goTo, shared, title, toStart, toTop } from './shared';
import type { Answered } from '../components/blocks/blocks';


/** What the markup of a page of questions shows. */
export interface QuestionView {
  t: { [key: string]: string };
  size: string;
  heading: string;
  intro: string;
  caption: string;
  blocks: (Block & { id: string })[];
  summary: { text: string; id: string }[];
  words: { choose: string; clear: string };
  offline: boolean;
}

const NOTHING: QuestionView = {
  t: {}, size: '', heading: '', intro: '', caption: '', blocks: [], summary: [], words: { choose: '', clear: '' }, offline: false,
};

/** What the page knows beside what it shows. */
interface Here {
  house: House;
  form: Form;
  draft: Draft;
  step: Step;
  toCheck: boolean;
  opened: Set<string>;
  /** Whether missing answers are told: nobody is scolded for what they have not yet been asked. */
  tells: boolean;
}

/** The page's blocks, with what is wrong where it was told. */
export function view(here: Here): QuestionView {
  const { house: { words }, form, draft, step: place } = here;
  const told = here.tells ? toldOf(here) : {};
  const base = baseOf(place.person);
  const section = place.page === 'questions' ? here.house.section(form, draft, place) : undefined;
  const own = { trip: TRIP, you: place.person === DECLARER ? PERSON : [...PERSON, ...COMPANION], contact: CONTACT }[place.page as string];
  const blocks = section
    ? new Asker(words, `${base}/answers`, answersOf(draft.body, place.person), told, here.opened).section(section)
    : ownBlocks(words, own ?? [], base, draft.body, told);
  const key = place.page === 'questions' ? 'section' : place.page === 'you' && place.person !== DECLARER ? 'companion' : place.page;
  return {
    ...frame(here.house, 'body'),
    heading: (section && inLanguage(section.item.text, words.language)) || words.t(`step-${key}`),
    intro: (section && inLanguage(section.item.help, words.language)) || (words.find(`step-${key}-intro`) ?? ''),
    caption: place.person === DECLARER ? '' : nameOf(words, draft.body, place.person),
    blocks: blocks.map((block) => ({ ...block, id: idOf(block.name, block.kind === 'field' ? block.nth : 0) })),
    summary: summary(blocks, told),
    words: { choose: words.t('wechat-choose-date'), clear: words.t('wechat-clear-date') },
    offline: false,
  };
}

/** What is wrong on this page: what is found here, and what the server told and nobody has mended since. */
function toldOf({ house, form, draft, step: place }: Here): Told {
  const here = placedHere(house.words, form, faults(form, draft.body, house.today(draft)).filter(({ pointer }) => owns(place, pointer)));
  const there = placed(house.words, form, (draft.refused ?? []).filter(({ pointer }) => owns(place, pointer)));
  for (const pointer of Object.keys(there)) here[pointer] = [...new Set([...(here[pointer] ?? []), ...(there[pointer] ?? [])])];
  return here;
}

/** Every fault once at the top, each leading to its field; what has no field of its own on the page stands there too. */
function summary(blocks: Block[], told: Told): { text: string; id: string }[] {
  const ids = new Map(blocks.map((block) => [block.kind === 'field' && block.several ? `${block.name}/${block.nth}` : block.name, block] as const));
  return ([] as { text: string; id: string }[]).concat(...Object.keys(told).map((pointer) => {
    const block = ids.get(pointer);
    const id = block ? idOf(block.name, block.kind === 'field' ? block.nth : 0) : '';
    return (told[pointer] ?? []).map((text) => ({ text, id }));
  }));
}

/** Registers the page of this kind. */
export function questionPage(kind: Kind): void {
  let here: Here | undefined;
  let query: { [name: string]: string | undefined } = {};

  Page({
    data: NOTHING,

    onLoad(asked) {
      query = asked;
    },

    async onShow() {
      const house = await shared();
      const draft = house.draft();
      if (!draft) return toStart();
      // A request whose fate is not known is not changed.
      if (draft.sending) return goTo(address(step('check')));
      const form = await house.forms.of(draft.port);
      if (form.kind !== 'ok') {
        this.setData({ ...frame(house, 'body'), offline: true });
        return undefined;
      }
      const place = ofQuery(kind, query);
      const known = house.steps(form.value, draft).some((one) => same(one, place));
      if (!known) return goTo(address(step('check')));
      const tells = draft.seen.includes(address(place));
      here = { house, form: form.value, draft, step: place, toCheck: query.then === 'check', opened: new Set(), tells };
      this.show();
      title(house.words.t('start-title'));
      return undefined;
    },

    show() {
      if (here) this.setData(view(here) as unknown as Record<string, unknown>);
    },

    async answered({ detail }: { detail: Answered }) {
      if (!here) return;
      const { opened } = enter(here.draft.body, here.form, detail);
      if (opened) here.opened.add(detail.name);
      here.draft.refused = (here.draft.refused ?? []).filter(({ pointer }) => !pointer.startsWith(detail.name));
      if (detail.settled) this.show();
      await here.house.save(here.draft);
    },

    /** A field was left: what was typed is shown as it was understood. */
    left() {
      this.show();
    },

    async added({ detail }: { detail: { name: string } }) {
      if (!here) return;
      add(here.draft.body, here.form, detail.name);
      this.show();
      await here.house.save(here.draft);
    },

    async removed({ detail }: { detail: { name: string } }) {
      if (!here) return;
      remove(here.draft.body, detail.name);
      this.show();
      await here.house.save(here.draft);
    },

    async next() {
      if (!here) return;
      const to = address(here.step);
      if (!here.draft.seen.includes(to)) here.draft.seen.push(to);
      here.tells = true;
      await here.house.save(here.draft);
      const shown = view(here);
      if (shown.summary.length > 0) {
        this.setData(shown as unknown as Record<string, unknown>);
        toTop();
        return;
      }
      const all = here.house.steps(here.form, here.draft);
      goTo(address(here.toCheck ? step('check') : after(all, here.step)));
    },

    back() {
      if (!here) return toStart();
      if (here.toCheck) return goTo(address(step('check')));
      const all = steps(here.form, here.draft.body, here.house.today(here.draft), here.draft.amends !== undefined);
      const to = before(all, here.step);
      return to ? goTo(address(to)) : toStart();
    },

    jump({ currentTarget }: { currentTarget: { dataset: { id: string } } }) {
      if (currentTarget.dataset.id !== '') wx.pageScrollTo({ selector: `.page >>> #${currentTarget.dataset.id}`, duration: 0 });
    },

    again() {
      return this.onShow();
    },
  });
}
