// Locks a screen at a lane that nobody is at. Keys and touches keep the session awake; two minutes after the last one the page
// hands the session back, with what was half typed, and asks who is there. The server ends it by itself, too.
(() => {
  'use strict';
  const who = document.querySelector('.who[data-lock-s]');
  if (!who) return;
  const LOCK_MS = Number(who.dataset.lockS) * 1000;
  const SOON_MS = 15_000; // warned so long before
  const EARLY_MS = 2_000; // and locked so long before the server does, while what was typed can still be sent
  const TELL_MS = 30_000;
  let moved_ms = Date.now();
  let told_ms = Date.now();
  let isLocking = false;
  const notice = document.createElement('p');
  notice.className = 'lock-soon';
  notice.setAttribute('role', 'status');
  document.querySelector('main').before(notice);

  for (const sign of ['keydown', 'pointerdown', 'pointermove', 'input', 'scroll']) {
    addEventListener(sign, here, { capture: true, passive: true });
  }
  setInterval(look, 1000);
  // Whoever hands the screen over by the button keeps what they had typed, too.
  document.addEventListener('submit', ({ target }) => {
    if (target.getAttribute('action') === '/lock') putTyped(target);
  });

  function here() {
    moved_ms = Date.now();
    if (notice.textContent) notice.textContent = '';
    if (moved_ms - told_ms < TELL_MS) return;
    told_ms = moved_ms;
    fetch('/presence', { method: 'POST' }).catch(() => {});
  }

  function look() {
    const left_ms = LOCK_MS - EARLY_MS - (Date.now() - moved_ms);
    if (left_ms <= 0) lock();
    else if (left_ms <= SOON_MS && !notice.textContent) notice.textContent = who.dataset.lockSoon;
  }

  async function lock() {
    if (isLocking) return;
    isLocking = true;
    // Another window of the same session may be in use.
    const answer = await fetch('/presence').then((it) => (it.ok ? it.json() : null)).catch(() => null);
    const elsewhere_ms = answer ? answer.left_s * 1000 - TELL_MS - EARLY_MS : 0;
    if (elsewhere_ms > 0) {
      moved_ms = Date.now() - LOCK_MS + elsewhere_ms;
      isLocking = false;
      return;
    }
    const form = document.createElement('form');
    form.method = 'post';
    form.action = '/lock';
    put(form, 'csrf', who.querySelector('input[name=csrf], input[name=lock]').value);
    put(form, 'next', location.pathname);
    putTyped(form);
    document.body.append(form);
    // The server would not hear of it before it is back; what is on the screen goes now.
    document.querySelector('main').replaceChildren();
    form.submit();
  }

  /** What is half typed goes along, to be kept for whoever typed it. */
  function putTyped(form) {
    const typed = halfTyped();
    if (!typed) return;
    put(form, 'action', new URL(typed.action).pathname);
    put(form, 'fields', JSON.stringify([...new FormData(typed)].filter(([, value]) => typeof value === 'string')));
  }

  /** The form in which something stands that was not there when it came. */
  function halfTyped() {
    const fields = [...document.querySelectorAll('main form[method=post] :is(textarea, input:not([type=hidden]))')];
    const isTyped = (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked;
    // A reason that was refused once came with the page, and is the officer's all the same.
    return fields.find((field) => isTyped(field) || field.matches('#reason') && field.value.trim())?.form;
  }

  function put(form, name, value) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    form.append(field);
  }
})();
