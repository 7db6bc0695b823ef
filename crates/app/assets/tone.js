// The verdict's sound: one high tone for clear, two for check, a low long one for hold. A muted console shakes instead, where it
// can. Whether it is muted is remembered by this browser.
(() => {
  'use strict';
  const KEY = 'lane-muted';
  // Hertz, from, until (seconds).
  const TONES = {
    clear: [[1320, 0, 0.18]],
    check: [[880, 0, 0.14], [660, 0.2, 0.36]],
    hold: [[196, 0, 0.7]],
  };
  const SHAKES_MS = { clear: [60], check: [80, 80, 80], hold: [500] };
  const button = document.getElementById('tone');
  if (!button) return;
  const tools = document.getElementById('lane-tools').dataset;
  let audio = null;
  let isMuted = remembered() === 'yes';
  show();

  button.addEventListener('click', () => {
    isMuted = !isMuted;
    try {
      localStorage.setItem(KEY, isMuted ? 'yes' : 'no');
    } catch {
      // A browser that keeps nothing asks again next time.
    }
    show();
    if (!isMuted) sound('clear');
  });
  // Browsers make no sound before the first key or touch.
  for (const sign of ['keydown', 'pointerdown']) {
    addEventListener(sign, wake, { capture: true, passive: true });
  }
  document.addEventListener('verdict', (event) => {
    const { band } = event.detail;
    if (isMuted) navigator.vibrate?.(SHAKES_MS[band]);
    else sound(band);
  });

  function wake() {
    if (!window.AudioContext) return;
    audio ??= new AudioContext();
    if (audio.state === 'suspended') audio.resume();
  }

  function sound(band) {
    if (!audio) return;
    for (const [hertz, from_s, until_s] of TONES[band]) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = hertz;
      const start_s = audio.currentTime + from_s;
      const end_s = audio.currentTime + until_s;
      // Begun and ended softly: a click would be heard as another tone.
      volume.gain.setValueAtTime(0, start_s);
      volume.gain.linearRampToValueAtTime(0.3, start_s + 0.02);
      volume.gain.setValueAtTime(0.3, end_s - 0.03);
      volume.gain.linearRampToValueAtTime(0, end_s);
      tone.connect(volume).connect(audio.destination);
      tone.start(start_s);
      tone.stop(end_s);
    }
  }

  function show() {
    button.setAttribute('aria-pressed', String(!isMuted));
    button.querySelector('span').textContent = isMuted ? tools.off : tools.on;
  }

  function remembered() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }
})();
