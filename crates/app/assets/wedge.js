// Hears a scanner that types, wherever the focus is. What comes faster than fingers and reads as a pass or as a document's
// machine-readable lines is told as an event `scanned`; nothing of it stays in the field that had the focus, and its Enter
// presses no button. Everything else is somebody typing, and is left alone.
(() => {
  'use strict';
  const FAST_MS = 35; // between two keys of a scanner, until it is known for one
  const LOOSE_MS = 100; // afterwards: a busy computer is no finger
  const LINE_MS = 300; // between the lines of a document
  const QUIET_MS = 250; // a scanner that sends no Enter has ended; keys may come late to a busy page
  const LEAST = 6;
  const PASS = /^(?:\][A-Z]\d)?PQ1:[0-9A-Z $%*+\-./:]{20,}$/;
  const LINES = { 44: 2, 36: 2, 30: 3 }; // ICAO Doc 9303: characters of a line, and lines

  let keys = '';
  let last_ms = 0;
  let caught = false;
  let between = false;
  let field = null;
  let deaf_until_ms = 0;
  let timer = 0;
  let ended = ''; // by this key

  addEventListener('keydown', hear, { capture: true });
  // A space or an Enter presses a button as it comes up.
  addEventListener('keyup', (up) => {
    if (caught || up.timeStamp < deaf_until_ms) stop(up);
  }, { capture: true });

  function hear(down) {
    if (down.ctrlKey || down.altKey || down.metaKey || down.isComposing) return;
    const isEnd = down.key === 'Enter' || down.key === 'Tab';
    if (down.key.length !== 1 && !isEnd) return;
    const most_ms = between ? LINE_MS : caught ? LOOSE_MS : FAST_MS;
    if (keys && down.timeStamp - last_ms > most_ms) over();
    if (isEnd) return end(down);
    if (!keys) begin();
    keys += down.key;
    last_ms = down.timeStamp;
    between = false;
    if (!caught && keys.length === LEAST) {
      caught = true;
      restore();
      document.dispatchEvent(new Event('burst'));
    }
    // A button would take a blank for a press, long before it is known whose key it was.
    if (caught || (!field && keys.length > 1 && down.key === ' ')) stop(down);
    wait();
  }

  function end(down) {
    if (!caught) {
      if (down.timeStamp < deaf_until_ms) stop(down);
      keys = '';
      return;
    }
    stop(down);
    last_ms = down.timeStamp;
    ended = down.key;
    if (isWholeOrNoZone()) return over();
    between = true;
    keys += '\n';
    wait();
  }

  function stop(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(over, between ? LINE_MS + QUIET_MS : QUIET_MS);
  }

  function begin() {
    const focused = document.activeElement;
    field = null;
    if (focused instanceof HTMLSelectElement) field = { focused, value: focused.value };
    else if (focused instanceof HTMLTextAreaElement || (focused instanceof HTMLInputElement && focused.selectionStart !== null)) {
      const { value, selectionStart: from, selectionEnd: to } = focused;
      field = { focused, value, from, to };
    }
  }

  /** The field as it was before the first key. */
  function restore() {
    if (!field) return;
    const { focused, value, from, to } = field;
    focused.value = value;
    if (from !== undefined) focused.setSelectionRange(from, to);
    focused.dispatchEvent(new Event('input', { bubbles: true }));
  }

  function isWholeOrNoZone() {
    if (!keys.includes('<')) return true;
    const [first, ...rest] = keys.split('\n');
    return !LINES[first.length] || rest.length + 1 >= LINES[first.length];
  }

  function over() {
    clearTimeout(timer);
    const [text, was] = [keys, caught];
    keys = '';
    caught = between = false;
    if (!was) return void (ended = '');
    // Some scanners end with two line breaks.
    deaf_until_ms = last_ms + LOOSE_MS;
    const scanned = text.trim();
    if (isPass(scanned) || isZone(scanned)) tell(scanned);
    else giveBack(text);
    ended = '';
  }

  function isPass(text) {
    return PASS.test(text.replace(/\n/g, '').toUpperCase());
  }

  function isZone(text) {
    const zone = text.replace(/\s/g, '').toUpperCase();
    return zone.includes('<') && /^[A-Z0-9<]+$/.test(zone) && [88, 72, 90].includes(zone.length);
  }

  function tell(text) {
    document.dispatchEvent(new CustomEvent('scanned', { detail: { text, isZone: isZone(text) } }));
  }

  /** The field that a Tab would have led to. */
  function next(field) {
    const fields = [...(field.form?.elements ?? [])].filter((one) => one.tabIndex >= 0 && one.offsetParent && !one.disabled);
    return fields[fields.indexOf(field) + 1];
  }

  /** Very fast fingers, or something that is neither: it belongs where it was going. */
  function giveBack(text) {
    const focused = field && field.focused;
    if (focused && focused === document.activeElement && focused.setRangeText) {
      focused.setRangeText(text.replace(/\n/g, ''), focused.selectionStart, focused.selectionEnd, 'end');
      focused.dispatchEvent(new Event('input', { bubbles: true }));
      // A code of another kind, quick fingers, or a keeper of passwords that types: its last key does what it does in such a field.
      if (ended === 'Enter' && focused instanceof HTMLInputElement) focused.form?.requestSubmit();
      if (ended === 'Tab') next(focused)?.focus();
    } else {
      document.dispatchEvent(new Event('misread'));
    }
  }
})();
