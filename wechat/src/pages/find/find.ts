// Finding a declaration again: by its code, and one thing that only its traveller knows.

import { readCode } from '../../lib/code';
import { typedDate, narrow } from '../../lib/declaration/typed';
import { sentence } from '../../lib/problem';
import { frame, goTo, shared, title } from '../../lib/shared';

Page({
  data: { t: {} as { [key: string]: string }, size: '', code: '', proof: '', codeError: '', proofError: '', trouble: '', busy: false },

  async onLoad() {
    const house = await shared();
    this.setData(frame(house, 'find'));
    title(house.words.t('find-title'));
  },

  typeCode({ detail }: { detail: { value: string } }) {
    this.data.code = detail.value;
  },

  typeProof({ detail }: { detail: { value: string } }) {
    this.data.proof = detail.value;
  },

  async find() {
    if (this.data.busy) return;
    const house = await shared();
    const { words } = house;
    const read = readCode(narrow(this.data.code));
    // Eight digits may be a document's number as well as a date: only what is written as a date becomes one.
    const typed = narrow(this.data.proof);
    const proof = /[-/. 年月日]/.test(typed) ? typedDate(typed) : typed;
    const wrong = 'wrong' in read ? read.wrong : '';
    this.setData({
      codeError: wrong === 'shape' ? words.t('find-code-shape') : wrong === 'check' ? words.t('find-code-check') : '',
      proofError: proof === '' ? words.t('find-proof-missing') : '',
      trouble: '',
    });
    if ('wrong' in read || proof === '') return;
    this.setData({ busy: true });
    const outcome = await house.sending.find(read.code, proof);
    this.setData({ busy: false });
    if (outcome.kind === 'ok') goTo(`/pages/pass/pass?code=${outcome.value.code}`);
    else if (outcome.kind === 'lost') this.setData({ trouble: words.t('wechat-offline') });
    else this.setData({ trouble: outcome.problem.status === 404 ? words.t('find-nothing') : sentence(words, outcome.problem) });
  },
});
