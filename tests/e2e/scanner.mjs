// A hand-held scanner that types: real keys from outside the page, one after the other without a pause, as a reader at a USB port
// sends them. Each key bears its own time, as those of a real keyboard do, so that a busy test machine makes no pause of them.

/** Plays a text as keys; `suffix` is what the scanner is set to send at the end. A line break is an Enter. */
export async function play(page, text, suffix = 'Enter') {
  const session = await sessionOf(page);
  const keys = [...text].map((char) => (char === '\n' ? 'Enter' : char));
  if (suffix) keys.push(suffix);
  const from_ms = Math.max(Date.now() - keys.length * KEY_MS, (lastKey.get(page) ?? 0) + 200);
  lastKey.set(page, from_ms + keys.length * KEY_MS);
  const sent = [];
  for (const [at, key] of keys.entries()) {
    const timestamp = (from_ms + at * KEY_MS) / 1000;
    const what = { ...(NAMED[key] ?? { key, text: key, unmodifiedText: key }), timestamp };
    sent.push(session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...what }));
    sent.push(session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...what, text: undefined, unmodifiedText: undefined }));
  }
  await Promise.all(sent);
  // Keys bear times after those of the scan before, which may be still to come; the next key, a person's, is pressed later than all.
  const ahead_ms = lastKey.get(page) + 150 - Date.now();
  if (ahead_ms > 0) await new Promise((resolve) => { setTimeout(resolve, ahead_ms); });
}

/** What a reader takes for one key. */
const KEY_MS = 2;

const NAMED = {
  Enter: { key: 'Enter', code: 'Enter', text: '\r', unmodifiedText: '\r', windowsVirtualKeyCode: 13 },
  Tab: { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 },
  ' ': { key: ' ', code: 'Space', text: ' ', unmodifiedText: ' ', windowsVirtualKeyCode: 32 },
};

const lastKey = new WeakMap();
const sessions = new WeakMap();

async function sessionOf(page) {
  if (!sessions.has(page)) sessions.set(page, await page.context().newCDPSession(page));
  return sessions.get(page);
}
