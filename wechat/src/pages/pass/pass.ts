// The pass: drawn from what this phone keeps, so that it shows without a network; read anew where there is one.

import { grouped } from '../../lib/code';
import { address, step } from '../../lib/declaration/steps';
import { draw } from '../../lib/draw';
import { inLanguage } from '../../lib/form/item';
import type { House } from '../../lib/house';
import { noticeOf } from '../../lib/notice';
import type { KeptPass } from '../../lib/passes';
import { portOf, firstPort } from '../../lib/ports';
import { sentence } from '../../lib/problem';
import { amending } from '../../lib/sending';
import { frame, goTo, shared, title, toStart, toTop } from '../../lib/shared';
import { instantIn } from '../../lib/when';

/** States in which the pass can still be shown, and its declaration changed. */
const LIVING = ['early', 'ready', 'presented', 'referred', 'held', 'sampling', 'awaiting'];
/** Until the first scan it can be withdrawn. */
const UNSEEN = ['early', 'ready'];
/** The side of the drawing in pixels: enough for the sharpest screens. */
const SIDE = 900;

/** What the markup shows of a pass. */
export function view(house: House, kept: KeptPass, now: number) {
  const { words } = house;
  const port = portOf(kept.port) ?? firstPort();
  const early = kept.state === 'early';
  return {
    ...frame(house, 'pass'),
    alt: words.t('pass-picture'),
    code: grouped(kept.code),
    name: kept.name,
    state: words.t(`state-${kept.state}`),
    stateText: words.t(`state-${kept.state}-text`),
    isGood: LIVING.includes(kept.state),
    next: kept.next,
    flight: kept.flight.split('-')[0] ?? '',
    onSchedule: kept.onSchedule,
    countsFrom: instantIn(words, port, kept.countsFrom),
    // What counted once goes on counting, however late the flight becomes: then there is nothing to say of it.
    saysFrom: early || Date.parse(kept.countsFrom) <= now,
    validUntil: instantIn(words, port, kept.validUntil),
    asOf: words.t('wechat-as-of', { at: instantIn(words, port, new Date(kept.readAt).toISOString()) }),
    help: inLanguage(port.help, words.language),
    confirm: early && Date.parse(kept.countsFrom) <= now,
    confirmLater: early && Date.parse(kept.countsFrom) > now,
    amend: LIVING.includes(kept.state),
    withdraw: UNSEEN.includes(kept.state),
  };
}

Page({
  data: { t: {} as { [key: string]: string }, size: '', ready: false, received: false, trouble: '', busy: false, others: [] as { code: string; name: string }[] },
  code: '',
  brightness: -1,

  onLoad(query: { code?: string; received?: string }) {
    this.code = query.code ?? '';
    this.setData({ received: query.received === '1' });
  },

  async onShow() {
    const house = await shared();
    const kept = await house.passes.find(this.code);
    if (!kept) return toStart();
    title(house.words.t('pass-title'));
    this.lighten();
    await this.show(house, kept);
    const outcome = await house.sending.refresh(kept);
    if (outcome.kind === 'ok') await this.show(house, outcome.value);
    return undefined;
  },

  onHide() {
    this.darken();
  },

  onUnload() {
    this.darken();
  },

  async show(house: House, kept: KeptPass) {
    const all = await house.passes.all();
    const others = all.filter(({ code, flight }) => code !== kept.code && flight === kept.flight).map(({ code, name }) => ({ code, name: name || code }));
    await new Promise<void>((done) => this.setData({ ...view(house, kept, house.device.now()), others, ready: true }, () => done()));
    this.picture(kept.pass);
  },

  picture(text: string) {
    wx.createSelectorQuery().select('#qr').fields({ node: true }).exec((found: { node?: WechatMiniprogram.Canvas }[]) => {
      const canvas = found[0]?.node;
      if (!canvas) return;
      canvas.width = SIDE;
      canvas.height = SIDE;
      draw(canvas.getContext('2d'), SIDE, text);
    });
  },

  /** A dim screen is the commonest reason why a scanner does not read a code. */
  lighten() {
    wx.setKeepScreenOn({ keepScreenOn: true });
    wx.getScreenBrightness({
      success: ({ value }) => {
        if (this.brightness < 0) this.brightness = value;
        wx.setScreenBrightness({ value: 1 });
      },
    });
  },

  darken() {
    wx.setKeepScreenOn({ keepScreenOn: false });
    if (this.brightness >= 0) wx.setScreenBrightness({ value: this.brightness });
    this.brightness = -1;
  },

  async confirm() {
    if (this.data.busy) return;
    this.setData({ busy: true, trouble: '' });
    const house = await shared();
    const kept = await house.passes.find(this.code);
    if (!kept) return toStart();
    const outcome = await house.sending.change(kept, 'confirm');
    this.setData({ busy: false });
    if (outcome.kind === 'ok') await this.show(house, outcome.value);
    else this.setData({ trouble: outcome.kind === 'lost' ? house.words.t('wechat-offline') : sentence(house.words, outcome.problem) });
    return toTop();
  },

  /** The declaration is read, and its answers are offered to be changed. */
  async amend() {
    if (this.data.busy) return;
    this.setData({ busy: true, trouble: '' });
    const house = await shared();
    const kept = await house.passes.find(this.code);
    // What may have been received is found out first.
    if (house.draft()?.sending) return goTo(address(step('check')));
    if (!kept) return toStart();
    const outcome = await house.api.declaration(kept.code, kept.proof);
    this.setData({ busy: false });
    if (outcome.kind === 'ok') {
      const draft = house.drafts.begin(kept.port, house.words.language, noticeOf(kept.port).version);
      await house.save(amending(draft, outcome.value, kept.proof));
      return goTo(address(step('check')));
    }
    this.setData({ trouble: outcome.kind === 'lost' ? house.words.t('wechat-offline') : sentence(house.words, outcome.problem) });
    return toTop();
  },

  withdraw() {
    wx.navigateTo({ url: `/pages/withdraw/withdraw?code=${this.code}` });
  },

  open({ currentTarget }: { currentTarget: { dataset: { code: string } } }) {
    goTo(`/pages/pass/pass?code=${currentTarget.dataset.code}`);
  },

  async forget() {
    const house = await shared();
    await house.passes.forget(this.code);
    toStart();
  },
});
