// The phone that WeChat runs on: the only file that talks to `wx` for anything but pages.

import type { Answered, Asked, Device } from './device';

/** A lost answer is not waited for longer; the server gives up after ten seconds itself. */
const ANSWER_MS = 15_000;

export const phone: Device = {
  now: () => Date.now(),

  random: () => new Promise((resolve, reject) => {
    wx.getRandomValues({
      length: 16,
      success: ({ randomValues }) => resolve(hex(new Uint8Array(randomValues))),
      fail: reject,
    });
  }),

  ask: (asked: Asked) => new Promise<Answered>((resolve, reject) => {
    wx.request({
      url: asked.url,
      method: asked.method,
      header: asked.headers,
      ...(asked.body === undefined ? {} : { data: asked.body }),
      // Texts as they come: what is no JSON is an answer too.
      dataType: 'text',
      responseType: 'text',
      timeout: ANSWER_MS,
      success: ({ statusCode, header, data }) => resolve({ status: statusCode, headers: lower(header), text: String(data ?? '') }),
      fail: ({ errMsg }) => reject(new Error(errMsg)),
    });
  }),

  login: () => new Promise((resolve, reject) => {
    wx.login({ timeout: ANSWER_MS, success: ({ code }) => resolve(code), fail: ({ errMsg }) => reject(new Error(errMsg)) });
  }),

  read: (key: string) => new Promise((resolve) => {
    // There is no telling a missing key from another failure; either way nothing is known.
    wx.getStorage({ key, encrypt: true, success: ({ data }) => resolve(typeof data === 'string' ? data : undefined), fail: () => resolve(undefined) });
  }),

  write: (key: string, text: string) => new Promise((resolve, reject) => {
    wx.setStorage({ key, data: text, encrypt: true, success: () => resolve(), fail: ({ errMsg }) => reject(new Error(errMsg)) });
  }),

  remove: (key: string) => new Promise((resolve) => {
    wx.removeStorage({ key, complete: () => resolve() });
  }),

  wait: (ms: number) => new Promise((resolve) => {
    setTimeout(resolve, ms);
  }),
};

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function lower(headers: { [name: string]: unknown }): { [name: string]: string } {
  const found: { [name: string]: string } = {};
  for (const name of Object.keys(headers)) found[name.toLowerCase()] = String(headers[name]);
  return found;
}
