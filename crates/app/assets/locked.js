// Where nobody is signed in, a scanner that types is heard (wedge.js) only to be told so: nothing of a pass or a document gets into
// the name, and nothing is sent.
(() => {
  'use strict';
  const line = document.querySelector('[data-scanned]');
  // Emptied first, so that a second scan is read out again.
  document.addEventListener('burst', () => { line.textContent = ''; });
  document.addEventListener('scanned', () => { line.textContent = line.dataset.scanned; });
})();
