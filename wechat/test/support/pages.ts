// WeChat around the pages: what `Page` registered can be opened, tapped and read.

import { vi } from 'vitest';
import { House } from '../../src/lib/house';
import type { TestPhone } from './phone';

type Options = { data: Record<string, unknown>; [name: string]: unknown };

/** A page that is open. */
export interface Open {
  data: Record<string, any>;
  [name: string]: any;
}

let registered: Options | undefined;

/** The places that were gone to, newest last. */
export const visited: string[] = [];

export function stubWeChat(phone: TestPhone, language = 'en'): House {
  const house = new House(phone, { language, largeText: false });
  visited.length = 0;
  const go = ({ url }: { url: string }): void => void visited.push(url);
  vi.stubGlobal('wx', {
    redirectTo: go, navigateTo: go, reLaunch: go, navigateBack: () => visited.push('back'),
    setNavigationBarTitle: () => undefined, pageScrollTo: () => undefined, setKeepScreenOn: () => undefined,
    getScreenBrightness: () => undefined, setScreenBrightness: () => undefined,
    createSelectorQuery: () => ({ select: () => ({ fields: () => ({ exec: (done: (found: unknown[]) => void) => done([]) }) }) }),
  });
  vi.stubGlobal('getApp', () => ({ shared: { house, awake: Promise.resolve() } }));
  vi.stubGlobal('Page', (options: Options) => {
    registered = options;
  });
  return house;
}

/** The options that a page registers. */
export async function optionsOf(name: string): Promise<Options> {
  vi.resetModules();
  registered = undefined;
  await import(`../../src/pages/${name}/${name}.ts`);
  if (!registered) throw new Error(`${name} registered nothing`);
  return registered;
}

/** Opens a page as WeChat does. */
export async function open(url: string): Promise<Open> {
  const [path = '', query = ''] = url.split('?');
  const options = await optionsOf(path.split('/')[2] ?? '');
  const page = {
    ...options,
    data: structuredClone(options.data),
    setData(this: Open, change: Record<string, unknown>, done?: () => void) {
      Object.assign(this.data, change);
      done?.();
    },
  } as unknown as Open;
  const asked = Object.fromEntries(new URLSearchParams(query));
  // WeChat hands over query values as they stand in the address.
  for (const key of Object.keys(asked)) asked[key] = encodeURIComponent(asked[key] ?? '');
  await page.onLoad?.(asked);
  await page.onShow?.();
  return page;
}

/** The place that was gone to last. */
export function lastVisited(): string {
  return visited[visited.length - 1] ?? '';
}
