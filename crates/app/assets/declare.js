// What a traveller's pages of questions add where scripts run: one question at a time, each saved on the way to the next, and
// again whenever an answer changes. The server judges every answer, as it does without a script, and sends the page when
// something on it is wrong or has changed. Every page works without this.
(() => {
  'use strict';
  const SAVE_MS = 600;
  const LEAVE_MS = 3000;
  let form, screens, shown, timer, busy;
  let saving = Promise.resolve();
  const main = () => document.getElementById('main');
  const title = document.title;
  // Trusted Types: markup comes from this server alone, and what a DOMParser makes of it runs no scripts.
  const trusted = window.trustedTypes?.createPolicy('pratique', { createHTML: (html) => html });
  const parsed = (html) => new DOMParser().parseFromString(trusted ? trusted.createHTML(html) : html, 'text/html');

  begin();
  // A link to a field, the browser's own back and forward: the address says which question it is.
  addEventListener('popstate', () => show(screenOf(location.hash) ?? 0, target()));
  addEventListener('pagehide', () => { if (timer) save(true); });
  document.addEventListener('visibilitychange', () => { if (document.hidden && timer) save(true); });
  document.querySelector('.before')?.addEventListener('click', back);
  document.addEventListener('click', leave);

  /** Finds the questions of the page as it stands, and shows the one that is wanted. */
  function begin() {
    form = main().querySelector('form[data-asks]');
    if (!form) return;
    const asks = [...form.querySelectorAll('.ask')];
    const numbers = [...new Set(asks.map((ask) => Number(ask.dataset.ask)))].sort((a, b) => a - b);
    screens = numbers.map((number) => asks.filter((ask) => Number(ask.dataset.ask) === number));
    if (screens.length === 0) return void (form = undefined);
    form.addEventListener('submit', submitted);
    // Also while a field is still being typed into: what stands there half done is whole a moment later, and saved again.
    for (const sign of ['input', 'change']) form.addEventListener(sign, soon);
    const summary = main().querySelector('.summary');
    const wrong = screens.findIndex((screen) => screen.some((ask) => ask.querySelector('.error')));
    show(summary && wrong >= 0 ? wrong : (screenOf(location.hash) ?? 0), summary ?? target());
    form.classList.add('ready');
  }

  /** The screen that holds the field with this id; `#end` is the last one. */
  function screenOf(hash) {
    if (hash === '#end') return screens.length - 1;
    const field = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
    const at = field ? screens.findIndex((screen) => screen.some((ask) => ask.contains(field))) : -1;
    return at < 0 ? undefined : at;
  }

  function target() {
    return location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  }

  /** Shows one screen, and puts the focus where reading goes on. */
  function show(at, focus) {
    if (!form) return;
    shown = at;
    screens.forEach((screen, n) => screen.forEach((ask) => { ask.hidden = n !== at; }));
    const of = main().querySelector('.of');
    const count = screens.length > 1 ? of.dataset.of.replace('{n}', at + 1).replace('{count}', screens.length) : '';
    of.textContent = count;
    if (!main().querySelector('.summary')) document.title = title.replace(' – ', `${count} – `);
    if (!focus) return;
    // A list that can be typed into stands in place of its field.
    const instead = document.getElementById(`${focus.id}:choose`) ?? focus;
    if (!instead.matches('input, select, textarea, button, a, [tabindex]')) instead.tabIndex = -1;
    instead.focus();
  }

  function heading(at) {
    return screens[at][0].querySelector('legend, label') ?? main().querySelector('h1');
  }

  /** The next question, as a page of its own in the browser's history. */
  function move(at) {
    const id = screens[at][0].querySelector('[id]')?.id ?? '';
    history.pushState(null, '', `#${id}`);
    scrollTo(0, 0);
    show(at, heading(at));
  }

  function back(click) {
    const link = click.target.closest('a.back');
    if (!form || !link) return;
    if (shown > 0) {
      click.preventDefault();
      move(shown - 1);
    } else if (!link.hash && link.pathname !== '/') {
      link.hash = 'end';
    }
  }

  /** A page that is left by a link is saved first: what the next one shows comes from what was saved. */
  async function leave(click) {
    const link = click.target.closest?.('a[href]');
    const isOther = !link || link.target || link.origin !== location.origin;
    if (!form || isOther || click.defaultPrevented || click.button || click.ctrlKey || click.metaKey || click.shiftKey || click.altKey) return;
    if (link.pathname === location.pathname && link.search === location.search) return;
    // In another language it is the same question.
    if (link.closest('.languages') && shown > 0) link.hash = screens[shown][0].querySelector('[id]')?.id ?? '';
    click.preventDefault();
    if (timer) save();
    // Without a connection the browser says so itself.
    await Promise.race([saving, new Promise((go) => setTimeout(go, LEAVE_MS))]);
    location.assign(link.href);
  }

  function submitted(event) {
    // The buttons for one row more or less send the whole page.
    if (event.submitter?.name) return;
    event.preventDefault();
    onward();
  }

  async function onward() {
    if (busy) return;
    busy = true;
    // From the check one changes one answer, and goes back to it.
    const last = shown === screens.length - 1 || form.action.includes('then=check');
    const whole = shown === screens.length - 1 && !form.action.includes('then=check');
    stop();
    await saving;
    const answer = await send(whole).catch(() => null);
    busy = false;
    unsent(!answer);
    if (!answer) return;
    if (answer.redirected) location.assign(answer.url);
    else if (answer.status === 204) last ? location.assign(answer.headers.get('location')) : mended();
    else if (answer.status === 422 || answer.status === 200) renew(await answer.text(), answer.headers.get('location'));
    // Whatever else it is, the server has a page that says so.
    else form.submit();
  }

  /** Nothing is wrong any more: what was told goes, and the way leads on. */
  function mended() {
    main().querySelector('.summary')?.remove();
    for (const ask of screens[shown]) {
      ask.querySelectorAll('.error').forEach((error) => error.remove());
      ask.querySelectorAll('.wrong').forEach((field) => field.classList.remove('wrong'));
      ask.querySelectorAll('[aria-invalid]').forEach((field) => field.removeAttribute('aria-invalid'));
    }
    move(shown + 1);
  }

  /** No connection: the answers stay on the page, and the page says so. */
  function unsent(is) {
    const line = form.querySelector('.unsent');
    line.textContent = is ? line.dataset.text : '';
  }

  /** The page as the server sees it now: with what is wrong, or with a question that an answer has opened. */
  function renew(html, next) {
    const page = parsed(html);
    const before = screens[shown][0].querySelector('[id]')?.id;
    main().replaceWith(page.getElementById('main'));
    if (main().querySelector('.summary')) document.title = page.title;
    begin();
    document.dispatchEvent(new Event('renewed'));
    if (!next) return;
    const opened = screenOf(`#${form.dataset.asks}`) ?? (screenOf(`#${before}`) ?? -1) + 1;
    if (opened < screens.length) move(opened);
    else location.assign(next);
  }

  /** Saves by itself, one after another; on leaving at once, and the browser sees it through. */
  function save(leaving) {
    stop();
    if (leaving === true) send(false, true).catch(() => {});
    else saving = saving.then(() => send(false)).then(kept, () => {});
  }

  /** A draft whose time was over has begun anew: its forms carry another token. */
  async function kept(answer) {
    unsent(false);
    if (answer.status !== 200 && answer.status !== 422) return;
    const page = parsed(await answer.text());
    const token = page.querySelector('form[data-asks] [name=csrf]');
    if (token) form.elements.csrf.value = token.value;
    const begun = page.querySelector('[data-begun]');
    if (begun && !main().querySelector('[data-begun]')) main().prepend(begun);
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(() => save(), SAVE_MS);
  }

  function stop() {
    clearTimeout(timer);
    timer = undefined;
  }

  /** Sends the screen, or the whole page, to be kept. Names of all fields go along: the server sees what has been asked. */
  function send(whole, keepalive = false) {
    const named = [...form.elements].filter((field) => field.name);
    const here = new Set(named.filter((field) => screens[shown].some((ask) => ask.contains(field))).map((field) => field.name));
    const body = new URLSearchParams([['keep', '1']]);
    for (const name of new Set(named.map((field) => field.name))) if (name.startsWith('/')) body.append('asked', name);
    for (const [name, value] of new FormData(form)) {
      if (whole || here.has(name) || !name.startsWith('/')) body.append(name, value);
    }
    return fetch(form.action, { method: 'POST', body, keepalive });
  }
})();
