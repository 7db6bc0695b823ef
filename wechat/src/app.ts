// The start of the program.

import { House } from './lib/house';
import { phone } from './lib/phone';
import { portOfLaunch } from './lib/ports';

export interface Shared {
  house: House;
  /** Done when what this phone remembers is read. */
  awake: Promise<void>;
}

/** WeChat's own text size from which our large text is the default; its usual size is 16. */
const LARGE_PX = 20;

const info = wx.getAppBaseInfo();
const house = new House(phone, { language: info.language ?? '', largeText: (info.fontSizeSetting ?? 16) >= LARGE_PX });

App<{ shared: Shared }>({
  shared: { house, awake: Promise.resolve() },

  onLaunch(options) {
    this.shared.awake = house.wake(portOfLaunch(options.query));
  },

  onShow(options) {
    // Opened again by another poster while it was running.
    const port = portOfLaunch(options.query);
    if (port) this.shared.awake = this.shared.awake.then(() => house.choose({ port }));
  },
});
