// The way from a page to what all pages share.

import type { Shared } from '../app';
import type { House } from './house';

/** What all pages share, once it is awake. */
export async function shared(): Promise<House> {
  const { shared: all } = getApp<{ shared: Shared }>();
  await all.awake;
  return all.house;
}

/** Goes on to a page in place of this one: a stack of pages has room for ten, and a declaration for more. */
export function goTo(url: string): void {
  wx.redirectTo({ url });
}

/** Where every way begins. */
export function toStart(): void {
  wx.reLaunch({ url: '/pages/start/start' });
}

/** What every page shows around its own content. */
export function frame(house: House, page: string): { t: { [key: string]: string }; size: string } {
  return { t: house.words.ofPage(page), size: house.large ? 'large' : '' };
}

/** The title in WeChat's own bar. */
export function title(text: string): void {
  wx.setNavigationBarTitle({ title: text });
}

export function toTop(): void {
  wx.pageScrollTo({ scrollTop: 0, duration: 0 });
}
