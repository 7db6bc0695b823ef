// A page to read, with whom to ask at the port.

import { inLanguage } from '../../lib/form/item';
import { heading, Part, parts } from '../../lib/notice';
import { portOf } from '../../lib/ports';
import { frame, shared, title } from '../../lib/shared';

Page({
  data: { t: {} as { [key: string]: string }, size: '', heading: '', parts: [] as Part[], help: '' },

  async onLoad({ name = 'privacy' }: { name?: string }) {
    const house = await shared();
    const { words } = house;
    const help = name === 'help' ? inLanguage(portOf(house.port)?.help, words.language) : '';
    this.setData({ ...frame(house, 'notice'), heading: heading(words, name), parts: parts(words, name, house.port), help });
    title(heading(words, name));
  },
});
