// What a pass adds where scripts run: the screen stays on while it is shown, and a button prints it.
(() => {
  'use strict';
  const stay = () => {
    if (!document.hidden) navigator.wakeLock?.request('screen').catch(() => {});
  };
  // A browser lets go of it whenever the page is hidden.
  document.addEventListener('visibilitychange', stay);
  stay();
  const button = document.querySelector('[data-print]');
  button?.addEventListener('click', () => print());
  if (button) button.closest('.scripted').hidden = false;
})();
