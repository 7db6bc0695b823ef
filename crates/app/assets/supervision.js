// Keeps the supervisor's page up to date. The server sends the page's own lines anew; what changed takes the place of what was
// there, so that links, the focus and what is unfolded stay. Without this script the page is as true, and as old as its time.
'use strict';
const flow = document.getElementById('flow');
const state = document.getElementById('flow-state');
const pause = document.getElementById('flow-pause');
const SILENT_MS = 15000; // the server speaks every five seconds
let source = null;
let silence = 0;

function say(what) {
  const text = state.dataset[what];
  if (state.textContent !== text) state.textContent = text;
}

function heard() {
  clearTimeout(silence);
  silence = setTimeout(() => say('lost'), SILENT_MS);
  say('on');
}

// Where Trusted Types are enforced, text becomes markup by a policy alone. This is the server's own, on a connection to itself,
// and what a DOMParser makes of it runs no scripts.
const trusted = window.trustedTypes?.createPolicy('pratique', { createHTML: (html) => html });

function put(html) {
  const fresh = new DOMParser().parseFromString(trusted ? trusted.createHTML(html) : html, 'text/html');
  for (const now of fresh.querySelectorAll('.live')) {
    const old = document.getElementById(now.id);
    if (!old || old.innerHTML === now.innerHTML) continue;
    old.replaceChildren(...now.childNodes);
    if (now.hasAttribute('aria-label')) old.setAttribute('aria-label', now.getAttribute('aria-label'));
  }
}

function listen() {
  source = new EventSource(flow.dataset.flow);
  source.addEventListener('summary', (event) => {
    put(event.data);
    heard();
  });
  source.addEventListener('alive', heard);
  source.addEventListener('error', () => {
    clearTimeout(silence);
    // Closed for good: the server said no, as it does to whoever is signed out. Else the browser comes back by itself.
    say(source.readyState === EventSource.CLOSED ? 'out' : 'lost');
  });
}

function stop() {
  clearTimeout(silence);
  source.close();
  source = null;
}

pause.addEventListener('click', () => {
  if (source) {
    stop();
    say('paused');
  } else {
    listen();
  }
  pause.textContent = source ? pause.dataset.pause : pause.dataset.goOn;
});

pause.hidden = false;
listen();
