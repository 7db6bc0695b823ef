// Taking a declaration back: asked once more, since it cannot be undone.

import { sentence } from '../../lib/problem';
import { frame, shared, title, toStart } from '../../lib/shared';

Page({
  data: { t: {} as { [key: string]: string }, size: '', trouble: '', busy: false },
  code: '',

  async onLoad(query: { code?: string }) {
    this.code = query.code ?? '';
    const house = await shared();
    this.setData(frame(house, 'withdraw'));
    title(house.words.t('withdraw-title'));
  },

  async withdraw() {
    if (this.data.busy) return;
    const house = await shared();
    const kept = await house.passes.find(this.code);
    if (!kept) return toStart();
    this.setData({ busy: true, trouble: '' });
    const outcome = await house.sending.change(kept, 'withdraw');
    this.setData({ busy: false });
    if (outcome.kind === 'ok') wx.navigateBack();
    else this.setData({ trouble: outcome.kind === 'lost' ? house.words.t('wechat-offline') : sentence(house.words, outcome.problem) });
    return undefined;
  },

  keep() {
    wx.navigateBack();
  },
});
