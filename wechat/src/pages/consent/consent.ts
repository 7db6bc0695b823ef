// The privacy notice, read and agreed to before any field is shown.

import { address, step } from '../../lib/declaration/steps';
import { noticeOf, Part, parts } from '../../lib/notice';
import { frame, goTo, shared, title } from '../../lib/shared';

Page({
  data: { t: {} as { [key: string]: string }, size: '', parts: [] as Part[], version: '', refused: false },

  async onLoad() {
    const house = await shared();
    const { words } = house;
    this.setData({
      ...frame(house, 'consent'),
      parts: parts(words, 'privacy', house.port),
      version: words.t('wechat-consent-version', { version: noticeOf(house.port).version }),
    });
    title(words.t('wechat-consent-title'));
  },

  /** A draft begins with the version that was agreed to, which is sent and kept with the declaration. */
  async agree() {
    const house = await shared();
    // What may have been received is found out first.
    if (house.draft()?.sending) return goTo(address(step('check')));
    await house.save(house.drafts.begin(house.port, house.words.language, noticeOf(house.port).version));
    // What the form asks now is read while the person signs in.
    void house.forms.renew(house.port);
    return goTo('/pages/sign-in/sign-in');
  },

  refuse() {
    this.setData({ refused: true });
  },
});
