// Asks the bot every two seconds how it stands with WhatsApp, and shows what has changed since.

import { brokenWords, telling } from './telling.js';

const EVERY = 2_000;
/** After so long the bot counts as not answering. */
const LIMIT = 10_000;

const byId = (id) => document.getElementById(id);
/** Changes a text only where it is another, so that a screen reader speaks but once. */
const setText = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

function setList(list, texts) {
  if (list.dataset.shown === texts.join('\n')) return;
  list.dataset.shown = texts.join('\n');
  list.replaceChildren(
    ...texts.map((text) => {
      const item = document.createElement('li');
      item.textContent = text;
      return item;
    }),
  );
}

let shownPicture;

/** The new picture takes the old one's place once it is drawn, so that a camera never meets an empty frame. */
async function showPicture(svg) {
  if (svg === shownPicture) return;
  shownPicture = svg;
  const place = byId('picture');
  if (!svg) {
    place.replaceChildren(noPicture);
    return;
  }
  const image = new Image();
  image.alt = 'Kode QR untuk menautkan WhatsApp';
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  image.src = address;
  await image.decode().catch(() => {});
  URL.revokeObjectURL(address);
  if (svg === shownPicture) place.replaceChildren(image);
}
const noPicture = byId('no-picture');

function showCode(code) {
  byId('code-given').hidden = !code;
  setText(byId('code'), code ?? '');
  if (code && !byId('by-code').dataset.opened) {
    byId('by-code').open = true;
    byId('by-code').dataset.opened = 'once';
  }
}

function showFact(row, value, text) {
  byId(row).hidden = !text;
  setText(byId(value), text ?? '');
}

function show(link) {
  const told = telling(link);
  byId('state').dataset.state = told.state;
  setText(byId('headline'), told.headline);
  setList(byId('advice'), told.advice);
  byId('linking').hidden = told.state !== 'linking';
  showPicture(link?.qr);
  // A code given on this page stays until the link has come about, whether or not the bot tells it again.
  if (link?.code || told.state !== 'linking') showCode(link?.code);
  const broken = brokenWords(link?.broken ?? []);
  byId('broken').hidden = broken.length === 0;
  setList(byId('broken-list'), broken);
  byId('facts').hidden = !link?.number && !link?.version;
  showFact('number-row', 'linked-number', link?.number && `+${link.number}`);
  showFact('version-row', 'version', link?.version);
}

async function ask(path, init) {
  const answer = await fetch(`/whatsapp/api${path}`, { ...init, signal: AbortSignal.timeout(LIMIT) });
  return { ok: answer.ok, body: await answer.json() };
}

async function follow() {
  const { ok, body } = await ask('/state').catch(() => ({ ok: false }));
  show(ok ? body : undefined);
  setTimeout(follow, EVERY);
}

byId('code-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = byId('ask');
  if (button.ariaDisabled === 'true') return;
  // Not `disabled`: that would take the keyboard's place away.
  button.ariaDisabled = 'true';
  setText(button, 'Meminta kode…');
  setText(byId('code-trouble'), '');
  const { ok, body } = await ask('/code', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ number: byId('number').value }),
  }).catch(() => ({ ok: false, body: { error: 'Bot tidak menjawab. Coba lagi sebentar lagi.' } }));
  if (ok) showCode(body.code);
  else setText(byId('code-trouble'), body.error);
  setText(button, 'Minta kode');
  button.ariaDisabled = 'false';
});

follow();
