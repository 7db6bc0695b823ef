// A long list that is found by typing a part of it: countries by their name here, by their code, or by their name in any
// language the browser knows; flights by number or by where they come from. It is the combobox of the ARIA Authoring Practices
// (list autocomplete with manual selection). The field below stays the one that is sent, so without scripts nothing is lost.
(() => {
  'use strict';
  const MOST = 8;
  const LIST_MIN = 20;
  const WAIT_MS = 200;
  let names;

  begin();
  document.addEventListener('renewed', begin);

  function begin() {
    document.querySelectorAll('form[data-asks] select').forEach((select) => { if (select.length >= LIST_MIN) choose(select); });
    document.querySelectorAll('input[data-proposals]').forEach(propose);
  }

  // A page does not lead on while something stands in a list that means nothing there: it would be sent as left empty.
  document.addEventListener('submit', (sent) => {
    if (sent.submitter?.name) return;
    const amiss = [...sent.target.querySelectorAll('input[data-amiss]')].find((input) => input.checkVisibility());
    if (!amiss) return;
    sent.preventDefault();
    sent.stopPropagation();
    amiss.focus();
  }, true);

  const plain = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

  /** The names of a place in other languages: those that its people use, and those of the reader's own browser. */
  function also(option) {
    const region = option.dataset.c;
    if (!region || !Intl.DisplayNames) return [];
    names ??= new Map();
    const tags = [...new Set(['en', 'zh', ...navigator.languages, native(region)])].filter(Boolean);
    return tags.map((tag) => {
      try {
        if (!names.has(tag)) names.set(tag, new Intl.DisplayNames([tag], { type: 'region' }));
        return names.get(tag).of(region);
      } catch {
        return '';
      }
    });
  }

  function native(region) {
    try {
      return new Intl.Locale('und', { region }).maximize().language;
    } catch {
      return '';
    }
  }

  /** A list: the select is hidden, and follows what is chosen. */
  function choose(select) {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const input = document.createElement('input');
    input.type = 'text';
    input.id = `${select.id}:choose`;
    const chosen = () => (select.value ? select.selectedOptions[0].text : '');
    input.value = chosen();
    for (const name of ['aria-describedby', 'aria-invalid']) {
      if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
    }
    const blank = select.options[0];
    if (!blank.value) input.placeholder = blank.text;
    select.hidden = true;
    select.after(input);
    label.htmlFor = input.id;
    let known;
    const find = async (typed) => {
      known ??= [...select.options].filter((option) => option.value).map((option) => ({
        text: option.text,
        value: option.value,
        words: [option.text, option.value, option.dataset.c ?? '', ...(option.dataset.also ?? '').split(','), ...also(option)].map(plain),
      }));
      return ranked(known, plain(typed));
    };
    const take = (one) => {
      select.value = one.value;
      input.value = one.text;
      changed(select);
    };
    // What is typed and not chosen: the one place that it can only mean, or nothing, so that nobody sends another by mistake. It
    // stays on the line and is told, or it would be sent as left empty.
    const leave = async (tell) => {
      if (input.value === chosen()) return tell('');
      const found = input.value.trim() ? await find(input.value) : [];
      const sure = found.filter((one) => one.words.includes(plain(input.value)));
      const one = sure.length === 1 ? sure[0] : found.length === 1 ? found[0] : undefined;
      if (one) {
        tell('');
        return take(one);
      }
      const { chooseOne: several, chooseNone: none } = input.form.dataset;
      tell(input.value.trim() && (found.length > 0 ? several : none));
      select.value = '';
      changed(select);
    };
    combobox(input, label, { find, take, leave, opensAt: 1, whole: true, settled: () => input.value === chosen() });
  }

  /** First what begins so, then what has a word that begins so, then what holds it anywhere. */
  function ranked(known, typed) {
    if (!typed) return known;
    const rank = ({ words }) => {
      const ranks = words.map((word) => (word === typed ? 0 : word.startsWith(typed) ? 1 : word.includes(` ${typed}`) ? 2 : word.includes(typed) ? 3 : 9));
      return Math.min(...ranks);
    };
    return known.map((one) => [rank(one), one]).filter(([at]) => at < 9).sort(([a], [b]) => a - b).map(([, one]) => one);
  }

  /** A line with proposals of the server's: what is typed counts, chosen or not. */
  function propose(input) {
    const label = document.querySelector(`label[for="${CSS.escape(input.id)}"]`);
    const find = async (typed) => {
      const answer = await fetch(`${input.dataset.proposals}?q=${encodeURIComponent(typed.trim())}`);
      return answer.ok ? answer.json() : [];
    };
    const take = (one) => {
      for (const [name, value] of Object.entries(one.fills)) {
        const field = input.form.elements.namedItem(name);
        if (field) field.value = value;
      }
      changed(input);
    };
    combobox(input, label, { find, take, leave: () => {}, opensAt: 2, whole: false, settled: () => true });
  }

  function changed(field) {
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** The line, its list, and the keys of both. */
  function combobox(input, label, { find, take, leave, opensAt, whole, settled }) {
    const { choose: counted, chooseNone: none } = input.form.dataset;
    const list = document.createElement('ul');
    list.id = `${input.id}:list`;
    list.role = 'listbox';
    list.className = 'choices';
    list.hidden = true;
    label.id = `${input.id}:label`;
    list.setAttribute('aria-labelledby', label.id);
    const status = document.createElement('p');
    status.id = `${input.id}:status`;
    status.role = 'status';
    status.className = 'unseen';
    for (const [name, value] of Object.entries({
      role: 'combobox', autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id,
    })) input.setAttribute(name, value);
    input.after(list, status);
    let found = [];
    let at = -1;
    let timer;
    let asked = 0;

    // Most of it is for those who do not see the list. That nothing is found is for everybody, unless what is typed counts as it is.
    const say = (text, isAmiss = false) => {
      status.textContent = text;
      status.className = isAmiss && whole ? 'amiss' : 'unseen';
    };
    const described = input.getAttribute('aria-describedby') ?? '';
    const tell = (amiss) => {
      if (amiss) {
        input.dataset.amiss = '';
        input.setAttribute('aria-invalid', 'true');
        input.setAttribute('aria-describedby', `${described} ${status.id}`.trim());
      } else if ('amiss' in input.dataset) {
        delete input.dataset.amiss;
        input.removeAttribute('aria-invalid');
        input.setAttribute('aria-describedby', described);
      }
      say(amiss, true);
    };
    const close = () => {
      asked += 1;
      clearTimeout(timer);
      list.hidden = true;
      at = -1;
      input.setAttribute('aria-expanded', 'false');
      input.removeAttribute('aria-activedescendant');
    };
    const mark = (to) => {
      at = to;
      [...list.children].forEach((option, n) => option.setAttribute('aria-selected', String(n === at)));
      if (at < 0) return input.removeAttribute('aria-activedescendant');
      input.setAttribute('aria-activedescendant', list.children[at].id);
      list.children[at].scrollIntoView({ block: 'nearest' });
    };
    const open = async (typed) => {
      const mine = (asked += 1);
      const all = await find(typed).catch(() => []);
      if (mine !== asked) return;
      found = typed ? all.slice(0, MOST) : all;
      list.replaceChildren(...found.map((one, n) => {
        const option = document.createElement('li');
        option.id = `${list.id}:${n}`;
        option.role = 'option';
        option.textContent = one.text;
        option.setAttribute('aria-selected', 'false');
        return option;
      }));
      at = -1;
      input.removeAttribute('aria-activedescendant');
      list.hidden = found.length === 0;
      input.setAttribute('aria-expanded', String(found.length > 0));
      if (found.length > 0) say(counted.replace('{count}', found.length));
      else say(none, true);
    };
    const pick = (n) => {
      take(found[n]);
      close();
      tell('');
      say(found[n].text);
    };
    input.addEventListener('input', () => {
      clearTimeout(timer);
      if (input.value.trim().length < opensAt) return close();
      timer = setTimeout(() => open(input.value), WAIT_MS);
    });
    input.addEventListener('keydown', (pressed) => {
      const { key } = pressed;
      const count = list.hidden ? 0 : found.length;
      if ((key === 'ArrowDown' || key === 'ArrowUp') && !pressed.ctrlKey && !pressed.metaKey) {
        pressed.preventDefault();
        if (count > 0) return mark(key === 'ArrowDown' ? (at + 1) % count : (at <= 0 ? count : at) - 1);
        // What is chosen already is not something to look for: then the list is opened as a whole.
        open(settled() && whole ? '' : input.value).then(() => { if (found.length > 0) mark(key === 'ArrowDown' ? 0 : found.length - 1); });
      } else if (key === 'Enter' && count > 0 && at >= 0) {
        pressed.preventDefault();
        pick(at);
      } else if (key === 'Enter' && !settled()) {
        // What was typed is settled first: the next press leads on.
        pressed.preventDefault();
        close();
        leave(tell);
      } else if (key === 'Escape' && count > 0) {
        pressed.preventDefault();
        close();
      } else if (key === 'Tab' && count > 0 && at >= 0) {
        pick(at);
      }
    });
    list.addEventListener('pointerdown', (pressed) => pressed.preventDefault());
    list.addEventListener('click', (clicked) => {
      const option = clicked.target.closest('li');
      if (option) pick([...list.children].indexOf(option));
      input.focus();
    });
    input.addEventListener('blur', () => {
      close();
      leave(tell);
    });
  }
})();
