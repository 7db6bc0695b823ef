// Signing in by WeChat: a one-time code against our server's own session. Nobody is kept from declaring where that fails.

import { address, step } from '../../lib/declaration/steps';
import { frame, goTo, shared, title } from '../../lib/shared';

Page({
  data: { t: {} as { [key: string]: string }, size: '', busy: false, failed: false },

  async onLoad() {
    const house = await shared();
    if (house.sessions.token() !== undefined) {
      goTo(address(step('trip')));
      return;
    }
    this.setData(frame(house, 'sign-in'));
    title(house.words.t('wechat-sign-in-title'));
  },

  async signIn() {
    if (this.data.busy) return;
    this.setData({ busy: true, failed: false });
    const house = await shared();
    if (await house.sessions.signIn(house.api)) this.skip();
    else this.setData({ busy: false, failed: true });
  },

  skip() {
    goTo(address(step('trip')));
  },
});
