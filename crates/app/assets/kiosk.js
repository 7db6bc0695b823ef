// What a kiosk adds where scripts run: it sees touches and keys, so it asks "are you still there?" only when nobody moves; it
// sends what the passport reader typed as soon as it is whole; it prints the slip. Every page works without it.
(() => {
  'use strict';
  const { idleS, warnedS } = document.body.dataset;
  const dialog = document.getElementById('still-there');
  if (dialog) watch(dialog, Number(idleS) * 1000, Number(warnedS));

  function watch(dialog, idle_ms, warned_s) {
    const count = dialog.querySelector('.count');
    let waiting, ticking;
    const start = () => {
      clearTimeout(waiting);
      if (!dialog.open) waiting = setTimeout(ask, idle_ms);
    };
    const ask = () => {
      let left_s = warned_s;
      count.textContent = left_s;
      dialog.showModal();
      ticking = setInterval(() => {
        left_s -= 1;
        count.textContent = left_s;
        // Opening the start wipes the person's answers, here and on the server. Nothing leads back to this page.
        if (left_s > 0) return;
        clearInterval(ticking);
        location.replace('/kiosk');
      }, 1000);
    };
    dialog.addEventListener('close', () => {
      clearInterval(ticking);
      start();
    });
    dialog.querySelector('button').addEventListener('click', () => dialog.close());
    for (const sign of ['pointerdown', 'pointermove', 'keydown', 'input', 'scroll']) {
      addEventListener(sign, start, { capture: true, passive: true });
    }
    start();
  }

  const reads = document.querySelector('form[data-reads]');
  if (reads) {
    sessionStorage.removeItem('printed');
    read(reads, reads.querySelector('textarea'));
  }

  // A whole zone has 88, 72 or 90 characters; readers take well under a second, fingers do not stop for one.
  function read(form, field) {
    let sending;
    field.addEventListener('input', () => {
      clearTimeout(sending);
      const zone = field.value.replace(/\s/g, '');
      if (zone.includes('<') && [88, 72, 90].includes(zone.length)) sending = setTimeout(() => form.requestSubmit(), 400);
    });
    // Whoever presses the button within that moment has sent it.
    form.addEventListener('submit', () => clearTimeout(sending));
    // The reader needs no focus.
    addEventListener('keydown', (pressed) => {
      const typing = pressed.key.length === 1 && !pressed.ctrlKey && !pressed.altKey && !pressed.metaKey;
      if (typing && document.activeElement !== field && !(dialog && dialog.open)) field.focus();
    });
  }

  const button = document.querySelector('[data-print]');
  if (button) {
    button.closest('.scripted').hidden = false;
    button.addEventListener('click', () => print());
    // A kiosk's browser is told to print without asking; the picture must be there by then.
    const pictures = [...document.images].map((picture) => picture.decode().catch(() => {}));
    // Once: a slip that is looked at again is not printed again. Reading the next passport forgets it.
    const printed = sessionStorage.getItem('printed');
    sessionStorage.setItem('printed', 'yes');
    if (!printed) Promise.all(pictures).then(() => print());
  }
})();
