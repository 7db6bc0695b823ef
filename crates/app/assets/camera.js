// The camera as a scanner. Its decoder is fetched when it is switched on, and not before; pictures are looked at in this browser
// and go nowhere.
(() => {
  'use strict';
  const button = document.getElementById('camera');
  const place = document.getElementById('lane-camera');
  if (!button || !place) return;
  const { dataset: texts } = document.getElementById('lane-tools');
  const video = place.querySelector('video');
  const LOOK_MS = 120;
  const SAME_MS = 4000; // a code that is held into the picture is read once
  let stream = null;
  let decoder = null;
  let last = { text: '', at_ms: 0 };

  button.addEventListener('click', () => (stream ? off() : on()));

  async function on() {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: 'environment', width: { ideal: 1280 } } });
      decoder ??= await load();
    } catch {
      off();
      document.getElementById('lane-wait').textContent = texts.cameraNone;
      return;
    }
    video.srcObject = stream;
    await video.play();
    show(true);
    look();
  }

  function off() {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.srcObject = null;
    show(false);
  }

  function show(isOn) {
    place.hidden = !isOn;
    button.setAttribute('aria-pressed', String(isOn));
    button.querySelector('span').textContent = isOn ? texts.on : texts.off;
  }

  async function load() {
    await new Promise((done, failed) => {
      const script = document.createElement('script');
      const trusted = window.trustedTypes?.createPolicy('pratique', { createScriptURL: (address) => address });
      script.src = trusted ? trusted.createScriptURL(texts.decoder) : texts.decoder;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
    const overrides = { locateFile: () => texts.decoderProgram };
    await window.ZXingWASM.prepareZXingModule({ overrides, fireImmediately: true });
    return window.ZXingWASM;
  }

  async function look() {
    const canvas = new OffscreenCanvas(1, 1);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    while (stream) {
      if (video.videoWidth) {
        canvas.width = video.videoWidth;
        canvas.height = video.videoHeight;
        context.drawImage(video, 0, 0);
        const picture = context.getImageData(0, 0, canvas.width, canvas.height);
        const found = await decoder.readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: 1 });
        if (found[0]?.text) heard(found[0].text);
      }
      await new Promise((go) => setTimeout(go, LOOK_MS));
    }
  }

  function heard(text) {
    const now_ms = Date.now();
    const isNew = text !== last.text || now_ms - last.at_ms > SAME_MS;
    last = { text, at_ms: now_ms };
    if (isNew && text.startsWith('PQ1:')) document.dispatchEvent(new CustomEvent('scanned', { detail: { text, isZone: false } }));
  }
})();
