// Who travels along: up to nine people, each with a pass of their own.

import { emptyCompanion } from '../../lib/declaration/body';
import { remove } from '../../lib/declaration/entry';
import { hasRoom, Listed, party } from '../../lib/declaration/party';
import { address, before, step } from '../../lib/declaration/steps';
import { frame, goTo, shared, title, toStart } from '../../lib/shared';

Page({
  data: { t: {} as { [key: string]: string }, size: '', people: [] as Listed[], room: true },

  async onShow() {
    const house = await shared();
    const draft = house.draft();
    if (!draft) return toStart();
    if (draft.sending || draft.amends) return goTo(address(step('check')));
    const form = await house.forms.of(draft.port);
    const people = form.kind === 'ok' ? party(house.words, form.value, draft.body, house.today(draft)) : [];
    this.setData({ ...frame(house, 'companions'), people, room: hasRoom(draft.body) });
    title(house.words.t('start-title'));
    return undefined;
  },

  async add() {
    const house = await shared();
    const draft = house.draft();
    if (!draft || !hasRoom(draft.body)) return;
    const list = Array.isArray(draft.body.companions) ? draft.body.companions : [];
    draft.body.companions = [...list, emptyCompanion()];
    await house.save(draft);
    goTo(address(step('you', list.length)));
  },

  open({ currentTarget }: { currentTarget: { dataset: { url: string } } }) {
    goTo(currentTarget.dataset.url);
  },

  async remove({ currentTarget }: { currentTarget: { dataset: { n: number } } }) {
    const house = await shared();
    const draft = house.draft();
    if (!draft) return;
    remove(draft.body, `/companions/${currentTarget.dataset.n}`);
    // The pages of those behind have other numbers now; what is missing there is told when they are seen again.
    draft.seen = draft.seen.filter((url) => !url.includes('person='));
    delete draft.refused;
    await house.save(draft);
    await this.onShow();
  },

  next() {
    goTo(address(step('check')));
  },

  async back() {
    const house = await shared();
    const draft = house.draft();
    const form = draft ? await house.forms.of(draft.port) : undefined;
    const to = draft && form?.kind === 'ok' ? before(house.steps(form.value, draft), step('companions')) : undefined;
    if (to) goTo(address(to));
    else toStart();
  },
});

