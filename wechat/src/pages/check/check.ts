// Everything once more, and the sending.

import { checkSections, CheckSection } from '../../lib/declaration/check_rows';
import { faults } from '../../lib/declaration/faults';
import { address, before, owns, Step, step } from '../../lib/declaration/steps';
import type { Draft } from '../../lib/drafts';
import type { Form } from '../../lib/form/item';
import type { House } from '../../lib/house';
import { placed, placedHere, sentence } from '../../lib/problem';
import { frame, goTo, shared, title, toStart, toTop } from '../../lib/shared';

/** One thing that is wrong, with the page that mends it. */
interface Wrong {
  text: string;
  url: string;
}

/** What is wrong, in words, each with the page that it is mended on. */
export function wrongs(house: House, form: Form, draft: Draft): Wrong[] {
  const { words } = house;
  const here = placedHere(words, form, faults(form, draft.body, house.today(draft)));
  const there = placed(words, form, draft.refused ?? []);
  const all = house.steps(form, draft);
  const found: Wrong[] = [];
  for (const told of [here, there]) {
    for (const pointer of Object.keys(told)) {
      const where: Step | undefined = all.find((one) => owns(one, pointer) && one.page !== 'check');
      const url = where ? address(where) : '';
      for (const text of told[pointer] ?? []) {
        if (!found.some((one) => one.text === text && one.url === url)) found.push({ text, url });
      }
    }
  }
  return found;
}

/** The tick stands for the answers that are read now: whoever comes to this page, or leaves it to change one, ticks anew. */
async function untick(house: House): Promise<void> {
  const draft = house.draft();
  if (!draft || draft.sending || !draft.body.attested) return;
  draft.body.attested = false;
  await house.save(draft);
}

Page({
  data: {
    t: {} as { [key: string]: string }, size: '', sections: [] as CheckSection[], wrong: [] as Wrong[], attested: false, amending: false,
    busy: false, unknown: false, offline: false, trouble: '',
  },

  async onLoad() {
    await untick(await shared());
  },

  async onShow() {
    const house = await shared();
    const draft = house.draft();
    if (!draft) return toStart();
    const form = await house.forms.of(draft.port);
    const around = { ...frame(house, 'check'), amending: draft.amends !== undefined, unknown: draft.sending !== undefined };
    if (form.kind !== 'ok') {
      this.setData({ ...around, offline: true });
      return undefined;
    }
    this.setData({
      ...around,
      offline: false,
      sections: checkSections(house.words, form.value, draft.body, house.today(draft)),
      attested: draft.body.attested === true,
      wrong: (draft.refused ?? []).length > 0 ? wrongs(house, form.value, draft) : [],
    });
    title(house.words.t('check-title'));
    return undefined;
  },

  async attest({ detail }: { detail: { value: string[] } }) {
    const house = await shared();
    const draft = house.draft();
    if (!draft || draft.sending) return;
    draft.body.attested = detail.value.length > 0;
    draft.refused = (draft.refused ?? []).filter(({ pointer }) => pointer !== '/attested');
    this.setData({ attested: detail.value.length > 0 });
    await house.save(draft);
  },

  async change({ currentTarget }: { currentTarget: { dataset: { url: string } } }) {
    const { url } = currentTarget.dataset;
    if (url === '') return;
    await untick(await shared());
    goTo(url);
  },

  async mend({ currentTarget }: { currentTarget: { dataset: { url: string } } }) {
    const { url } = currentTarget.dataset;
    if (url === '') return;
    const house = await shared();
    await untick(house);
    const draft = house.draft();
    // On a page that is visited to mend something, what is wrong is told.
    if (draft && !draft.seen.includes(url)) {
      draft.seen.push(url);
      await house.save(draft);
    }
    goTo(`${url}${url.includes('?') ? '&' : '?'}then=check`);
  },

  async send() {
    if (this.data.busy) return;
    const house = await shared();
    const draft = house.draft();
    const form = draft ? await house.forms.of(draft.port) : undefined;
    if (!draft || !form) return;
    if (!draft.sending) {
      if (form.kind !== 'ok') return;
      // Refusals are the server's word on what was sent before: what is sent now is judged anew.
      delete draft.refused;
      const wrong = wrongs(house, form.value, draft);
      if (!draft.body.attested) wrong.push({ text: house.words.t('error-not-attested'), url: '' });
      if (wrong.length > 0) {
        this.setData({ wrong });
        toTop();
        return;
      }
    }
    this.setData({ busy: true, trouble: '', wrong: [] });
    const outcome = await house.sending.send(draft, form.kind === 'ok' ? form.value.version : '');
    this.setData({ busy: false, unknown: draft.sending !== undefined });
    if (outcome.kind === 'ok') {
      house.sent();
      goTo(`/pages/pass/pass?code=${outcome.value.code}&received=1`);
      return;
    }
    if (outcome.kind === 'problem') {
      // The port asks something else since: the new questions are read, and the answers that still fit are kept.
      if (outcome.problem.errors.some(({ code }) => code === 'other-questionnaire')) await house.forms.renew(draft.port);
      // What was refused has to be changed, and read again.
      if (outcome.problem.errors.length > 0) await untick(house);
      else this.setData({ trouble: sentence(house.words, outcome.problem) });
    }
    await this.onShow();
    toTop();
  },

  async back() {
    const house = await shared();
    const draft = house.draft();
    const form = draft ? await house.forms.of(draft.port) : undefined;
    const to = draft && !draft.sending && form?.kind === 'ok' ? before(house.steps(form.value, draft), step('check')) : undefined;
    if (to) goTo(address(to));
    else toStart();
  },
});
