// The lane's console where scripts run. A scan becomes a verdict without the page being left, so no key of the next scan is lost;
// pass and document are joined in either order; a clean pass goes on by itself; keys do what buttons do. Each thing is sent as
// the very form that the page has without scripts.
(() => {
  'use strict';
  const tools = document.getElementById('lane-tools');
  if (!tools) return;
  const { dataset: texts } = tools;
  // Trusted Types: markup comes from this server alone, and what a DOMParser makes of it runs no scripts.
  const trusted = window.trustedTypes?.createPolicy('pratique', { createHTML: (html) => html });
  const parsed = (html) => new DOMParser().parseFromString(trusted ? trusted.createHTML(html) : html, 'text/html');
  const wait = document.getElementById('lane-wait');
  const said = document.getElementById('lane-said');
  const lane = () => document.getElementById('lane');
  const recent = () => document.getElementById('lane-recent');
  const verdict = () => document.getElementById('verdict');

  const SAME_MS = 15_000; // a document read so soon after its pass belongs to it
  const TWICE_MS = 3000; // and the same thing read again so soon was not meant
  const HUMAN_MS = 400; // after that a key is known to be nobody's scanner
  const TRIES = 3;
  const AGAIN_MS = 700;

  let half = null; // what was read and waits for the other half
  let shown = null; // what the verdict on the screen was made of
  let count = null; // the countdown of a clean pass
  let work = Promise.resolve(); // one thing after the other, in the order in which it was scanned
  const reasons = new Map(); // half-typed, by scan

  begin();

  function begin() {
    reveal(document);
    setByItself();
    leaveInTime();
    document.addEventListener('scanned', (event) => scanned(event.detail));
    document.addEventListener('misread', () => {
      say(texts.misread);
      resume();
    });
    // A scan has begun: the person before has gone on. Whether it is the same one again is known when it is whole.
    document.addEventListener('burst', pause);
    document.addEventListener('submit', submitted);
    document.addEventListener('keydown', pressed);
    document.addEventListener('click', followed);
    document.addEventListener('pointerdown', (event) => {
      if (!event.target.closest('form.decision button')) stopCount();
    });
  }

  // ---- scanning

  function scanned({ text, isZone }) {
    // A scanner that reads twice, or a hand that holds the pass a moment longer, is no second use.
    const isSame = shown && (text === shown.pass || text === shown.zone);
    if (isSame && Date.now() - shown.at_ms < (shown.isDecided ? TWICE_MS : SAME_MS)) return resume();
    // The next scan says that this person has gone.
    if (count) decide('clear', true);
    const other = isZone ? 'pass' : 'zone';
    const own = isZone ? 'zone' : 'pass';
    if (half && half[other]) return join({ ...half, [own]: text });
    // A document that leads to nobody is not kept for the pass of whoever comes next.
    const isOpen = shown && !shown.isDecided && !(shown.isNobody && shown.zone);
    const late = isOpen && shown[other] && !shown[own] && Date.now() - shown.at_ms < SAME_MS;
    if (late) return join({ [other]: shown[other], [own]: text });
    if (half && half[own] !== text) join(half);
    clearTimeout(half?.timer);
    const read = { [own]: text };
    half = { ...read, timer: setTimeout(() => join(read), Number(texts.joinMs)) };
    say(isZone ? texts.waitPass : texts.waitZone, true);
  }

  function join({ pass, zone }) {
    clearTimeout(half?.timer);
    half = null;
    wait.textContent = '';
    const body = { scan_id: newId(), read: pass ?? zone, mrz: pass && zone ? zone : '' };
    then(() => scan(body, { pass, zone }));
  }

  async function scan(body, { pass, zone }) {
    // Also on its way: a document read meanwhile belongs to it.
    const read = { pass, zone, at_ms: Date.now(), isDecided: false };
    shown = read;
    // Until the verdict is there, no key decides on the person before.
    lane().setAttribute('aria-busy', 'true');
    const answer = await send(texts.scans, body);
    lane().removeAttribute('aria-busy');
    const found = answer && put(answer) && verdict();
    if (!found) {
      if (shown === read) shown = null;
      return;
    }
    read.at_ms = Date.now();
    read.isNobody = !lane().querySelector('.person');
    document.dispatchEvent(new CustomEvent('verdict', { detail: { band: found.dataset.band } }));
    if (pass && zone) startCount();
  }

  // ---- deciding

  function decide(decision, byItself = false) {
    const form = lane().querySelector('form.decision');
    const isBusy = lane().hasAttribute('aria-busy');
    if (isBusy || !form?.querySelector(`button[value="${decision}"]`)) return;
    const reason = form.querySelector('#reason');
    if (decision === 'clear' && reason?.dataset.needed !== undefined && !reason.value.trim()) {
      reason.focus();
      say(document.getElementById('reason-hint').textContent);
      return;
    }
    stopCount();
    const body = Object.fromEntries(new FormData(form));
    if (shown) shown.isDecided = true;
    then(() => post(form.action, { ...body, decision, ...(byItself ? { by_itself: 'yes' } : {}) }));
  }

  async function post(address, body) {
    const answer = await send(address, body);
    if (answer) put(answer);
  }

  // ---- going on by itself

  function byItself() {
    return document.getElementById('by-itself');
  }

  function setByItself() {
    const button = byItself();
    if (!button) return;
    const key = `lane-by-itself ${button.dataset.user}`;
    const show = (isOn) => {
      button.setAttribute('aria-pressed', String(isOn));
      button.querySelector('span').textContent = isOn ? texts.on : texts.off;
    };
    show(stored(key) !== 'no');
    button.addEventListener('click', () => {
      const isOn = button.getAttribute('aria-pressed') !== 'true';
      store(key, isOn ? 'yes' : 'no');
      show(isOn);
      if (!isOn) stopCount();
    });
  }

  function startCount() {
    const ms = Number(tools.dataset.clearAfterMs);
    if (!('byItself' in verdict().dataset) || byItself()?.getAttribute('aria-pressed') !== 'true') return;
    verdict().querySelector('.count').hidden = false;
    count = { ms, left_ms: ms, since_ms: performance.now(), isHeld: false, ticking: setInterval(tick, 50) };
  }

  function tick() {
    if (count.isHeld) return;
    const now_ms = performance.now();
    count.left_ms -= now_ms - count.since_ms;
    count.since_ms = now_ms;
    const bar = verdict()?.querySelector('progress');
    if (bar) bar.value = Math.max(0, count.left_ms / count.ms);
    if (count.left_ms <= 0) decide('clear', true);
  }

  function pause() {
    if (!count) return;
    clearTimeout(count.stopping);
    count.isHeld = true;
  }

  function resume() {
    if (!count) return;
    count.isHeld = false;
    count.since_ms = performance.now();
  }

  function stopCount() {
    if (!count) return;
    clearInterval(count.ticking);
    clearTimeout(count.stopping);
    count = null;
    const line = verdict()?.querySelector('.count');
    if (line) line.hidden = true;
  }

  // ---- keys

  function pressed(key) {
    if (key.defaultPrevented || key.ctrlKey || key.altKey || key.metaKey || key.isComposing) return;
    if (key.key === 'F6') {
      key.preventDefault();
      return then(() => get(texts.start));
    }
    const button = /^F\d+$/.test(key.key) && document.querySelector(`[data-key="${key.key}"]`);
    if (!button && /^F[234]$/.test(key.key) && lane().querySelector('form.decision')) {
      key.preventDefault();
      say(texts.notOffered);
      return;
    }
    if (button) {
      key.preventDefault();
      if (button.name === 'decision') decide(button.value);
      else button.click();
      return;
    }
    if (key.key === 'Enter' && half) {
      key.preventDefault();
      return join(half);
    }
    if (!count) return;
    if (key.key === 'Enter' && !key.target.closest('a, button, textarea, input')) {
      key.preventDefault();
      decide('clear');
    } else if (key.key.length === 1) {
      // It may be the first of a scanner's.
      pause();
      clearTimeout(count.stopping);
      count.stopping = setTimeout(stopCount, HUMAN_MS);
    } else if (key.key !== 'Shift') {
      stopCount();
    }
  }

  // ---- forms and pages

  function submitted(event) {
    const form = event.target;
    // A document that was just read need not be typed.
    if (form.dataset.zone !== undefined) form.elements.zone.value = half?.zone ?? shown?.zone ?? '';
    if (form.dataset.whole !== undefined || !form.closest('#lane')) return;
    event.preventDefault();
    const { submitter } = event;
    if (submitter?.name === 'decision') return decide(submitter.value);
    const body = Object.fromEntries(new FormData(form));
    if (!form.classList.contains('lane')) return then(() => post(form.action, body));
    const { read, mrz } = body;
    const isZone = read.includes('<');
    then(() => scan(body, { pass: isZone ? undefined : read, zone: mrz || (isZone ? read : undefined) }));
  }

  /** From verdict to verdict the page is not left either. */
  function followed(event) {
    const link = event.target.closest('#lane-recent tbody a, #lane a[href="/checkpoint"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    then(() => get(link.href));
  }

  function then(what) {
    work = work.then(what, what);
  }

  async function get(address) {
    shown = null;
    const answer = await fetch(address).catch(() => null);
    if (answer) put({ html: await answer.text(), address: new URL(answer.url).pathname, body: {} });
  }

  /** Sends a form; what gets no answer is sent again, which does nothing twice. */
  async function send(address, body) {
    const form = { csrf: token(), ...body };
    for (let tried = 1; tried <= TRIES; tried += 1) {
      try {
        const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(form), signal: AbortSignal.timeout(8000) });
        return { html: await answer.text(), address: new URL(answer.url).pathname, sent: address, body: form };
      } catch {
        say(tried < TRIES ? texts.again : texts.lost);
        if (tried < TRIES) await new Promise((go) => setTimeout(go, AGAIN_MS));
      }
    }
    return null;
  }

  /** Puts an answer's lane in the place of this one; an answer of another kind is asked for as a page. */
  function put({ html, address, sent, body }) {
    const page = parsed(html);
    const fresh = page.getElementById('lane');
    if (!fresh) {
      if (sent) leave(sent, body);
      else location.assign(address);
      return false;
    }
    stopCount();
    keepReason();
    lane().replaceWith(document.adoptNode(fresh));
    recent().replaceWith(document.adoptNode(page.getElementById('lane-recent')));
    reveal(fresh);
    document.title = page.title;
    document.querySelector('.languages')?.replaceWith(document.adoptNode(page.querySelector('.languages')));
    history.replaceState(null, '', address.replace(/\/(decision|undo)$/, '').replace(/^(\/checkpoint)\/scans$/, '$1'));
    giveReason();
    leaveInTime();
    wait.textContent = '';
    settle();
    return true;
  }

  /** Signed out, or something that this page cannot show: the browser sends the form itself, and shows what comes. */
  function leave(address, body) {
    const form = document.createElement('form');
    form.method = 'post';
    form.action = address;
    for (const [name, value] of Object.entries(body)) {
      const field = document.createElement('input');
      field.type = 'hidden';
      field.name = name;
      field.value = value;
      form.append(field);
    }
    document.body.append(form);
    form.submit();
  }

  /** The focus and the words for who does not look: the verdict, what was decided, or what is wrong. */
  function settle() {
    const wrong = lane().querySelector('.summary, .error');
    const told = lane().querySelector('.received, .undone');
    const band = verdict();
    const text = (selector) => lane().querySelector(selector)?.textContent.trim() ?? '';
    // It stands on the page already: it is said, and not written a second time.
    if (wrong) tell([...wrong.children].map((part) => part.textContent.trim()).join('. '));
    else if (told) tell(told.querySelector('p')?.textContent ?? told.textContent);
    else if (band) tell([text('.verdict h1'), text('.verdict .why'), text('.verdict .used')].filter(Boolean).map((part) => part.replace(/[.。]$/, '')).join('. '));
    if (band && told) band.dataset.decided = '';
    const field = lane().querySelector('[aria-invalid=true]') ?? (wrong && document.getElementById('reason'));
    const next = field ?? (band && !lane().querySelector('#read') ? band : document.getElementById('read')) ?? band;
    next?.focus({ preventScroll: Boolean(band) });
    if (band) scrollTo(0, 0);
  }

  function keepReason() {
    const [old, reason] = [verdict(), document.getElementById('reason')];
    if (old && reason?.value.trim()) reasons.set(old.dataset.address, reason.value);
  }

  function giveReason() {
    const [now, reason] = [verdict(), document.getElementById('reason')];
    if (now && reason && !reason.value) reason.value = reasons.get(now.dataset.address) ?? '';
    if (now && !reason) reasons.delete(now.dataset.address);
  }

  /** A decision can be taken back for so many seconds; afterwards it is not offered. */
  function leaveInTime() {
    const form = document.querySelector('form.undo');
    if (form) setTimeout(() => form.remove(), Number(form.dataset.leftS) * 1000);
  }

  function reveal(within) {
    for (const one of within.querySelectorAll('.scripted')) one.hidden = false;
  }

  function say(text, isQuiet = false) {
    wait.textContent = text;
    if (!isQuiet) said.textContent = '';
  }

  /** Said even if it is the same as before. */
  function tell(text) {
    said.textContent = '';
    setTimeout(() => { said.textContent = text; }, 20);
  }

  function token() {
    return document.querySelector('.who input[name=csrf]').value;
  }

  /** A UUID of random numbers (RFC 9562, version 4); `crypto.randomUUID` is there over TLS alone. */
  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  function stored(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  function store(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      // A browser that keeps nothing asks again next time.
    }
  }
})();
