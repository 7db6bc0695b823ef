// The first page: language, port, and where to begin or to go on.

import { inLanguage } from '../../lib/form/item';
import { indexOfPort, portAt, portNames, portOf } from '../../lib/ports';
import { frame, shared, title } from '../../lib/shared';
import { Language, LANGUAGES } from '../../lib/words';
import type { KeptPass } from '../../lib/passes';
import { address, step } from '../../lib/declaration/steps';

interface View {
  t: { [key: string]: string };
  size: string;
  large: boolean;
  language: string;
  ports: string[];
  port: number;
  portName: string;
  hasDraft: boolean;
  passes: { code: string; name: string; state: string }[];
}

const NOTHING: View = { t: {}, size: '', large: false, language: '', ports: [], port: 0, portName: '', hasDraft: false, passes: [] };

Page({
  data: NOTHING,

  async onShow() {
    const house = await shared();
    const { words } = house;
    const port = portOf(house.port);
    const passes = await house.passes.all();
    this.setData({
      ...frame(house, 'start'),
      large: house.large,
      language: words.language,
      ports: portNames(words.language),
      port: indexOfPort(house.port),
      portName: inLanguage(port?.name, words.language),
      hasDraft: house.draft() !== undefined,
      passes: passes.map(({ code, name, state }: KeptPass) => ({ code, name: name || code, state: words.t(`state-${state}`) })),
    });
    title(words.t('start-title'));
  },

  async speak({ currentTarget }: { currentTarget: { dataset: { language: Language } } }) {
    const house = await shared();
    if (LANGUAGES.includes(currentTarget.dataset.language)) await house.choose({ language: currentTarget.dataset.language });
    await this.onShow();
  },

  async enlarge({ detail }: { detail: { value: boolean } }) {
    const house = await shared();
    await house.choose({ large: detail.value });
    await this.onShow();
  },

  async choosePort({ detail }: { detail: { value: string } }) {
    const house = await shared();
    await house.choose({ port: portAt(Number(detail.value)).code });
    await this.onShow();
  },

  /** Nothing is asked before the notice was read and agreed to. */
  begin() {
    wx.navigateTo({ url: '/pages/consent/consent' });
  },

  async goOn() {
    const house = await shared();
    const draft = house.draft();
    wx.navigateTo({ url: address(step(draft?.sending || draft?.amends ? 'check' : 'trip')) });
  },

  find() {
    wx.navigateTo({ url: '/pages/find/find' });
  },

  open({ currentTarget }: { currentTarget: { dataset: { code: string } } }) {
    wx.navigateTo({ url: `/pages/pass/pass?code=${currentTarget.dataset.code}` });
  },

  read({ currentTarget }: { currentTarget: { dataset: { name: string } } }) {
    wx.navigateTo({ url: `/pages/notice/notice?name=${currentTarget.dataset.name}` });
  },
});
