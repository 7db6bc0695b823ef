// Questions, one below the other. What was answered is told to the page; nothing is kept here.

import type { Block, Field } from '../../lib/blocks';

/** What the page is told. */
export interface Answered {
  name: string;
  nth: number;
  several: boolean;
  /** A text, or of a question with several options to tick those that are. */
  value: string | string[];
  /** Whether the page should be shown anew: not while somebody types. */
  settled: boolean;
}

interface Touch {
  currentTarget: { dataset: { n: number } };
  detail: { value: string | string[] };
}

Component({
  options: { addGlobalClass: true },

  properties: {
    blocks: { type: Array, value: [] as Block[] },
    /** The component's own words: `choose`, `clear`. */
    t: { type: Object, value: {} as { [key: string]: string } },
  },

  methods: {
    field(touch: Touch): Field {
      return this.data.blocks[touch.currentTarget.dataset.n] as Field;
    },

    tell(touch: Touch, value: string | string[], settled: boolean) {
      const { name, nth, several } = this.field(touch);
      this.triggerEvent('answered', { name, nth, several, value, settled } as Answered);
    },

    type(touch: Touch) {
      this.tell(touch, touch.detail.value, false);
    },

    leave() {
      this.triggerEvent('left');
    },

    choose(touch: Touch) {
      this.tell(touch, touch.detail.value, true);
    },

    clear(touch: Touch) {
      this.tell(touch, '', true);
    },

    select(touch: Touch) {
      const { control } = this.field(touch);
      const value = control.type === 'select' ? control.values[Number(touch.detail.value)] ?? '' : '';
      this.tell(touch, value, true);
    },

    check(touch: Touch) {
      const { control } = this.field(touch);
      const own = control.type === 'checks' ? control.other?.value ?? '' : '';
      const codes = touch.detail.value as string[];
      this.tell(touch, own === '' ? codes : [...codes, own], true);
    },

    /** Own words beside ticked options. */
    other(touch: Touch) {
      const { control } = this.field(touch);
      const codes = control.type === 'checks' ? control.picks.filter(({ chosen }) => chosen).map(({ value }) => value) : [];
      const own = touch.detail.value as string;
      this.tell(touch, own === '' ? codes : [...codes, own], false);
    },

    add(touch: Touch) {
      const { name } = this.data.blocks[touch.currentTarget.dataset.n] as Block;
      this.triggerEvent('added', { name });
    },

    remove(touch: Touch) {
      const { name } = this.data.blocks[touch.currentTarget.dataset.n] as Block;
      this.triggerEvent('removed', { name });
    },
  },
});
