// Where one writes: text, a reply, something to send along. What was typed stays until it has been sent.

import { sendMessage, Trouble } from './api.js';
import { mediaName, summary } from './bubble.js';
import { byId } from './element.js';

/** WhatsApp's limit and the API's. */
const MEDIA_LIMIT = 16 * 1024 * 1024;
const TEXT_LIMIT = 65_536;
const FILES = { photo: 'image/*', voice: 'audio/*', document: '' };

const mentionsBot = (text) => /(^|\s)@bot\b/i.test(text);

function base64(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/**
 * Sets the composer up. `nameOf(id)` names who is replied to; `sent()` is called after a message went out.
 * Returns `{ show({ person, chat, group }), reply(message) }`; each chat keeps a draft of its own.
 */
export function openComposer({ nameOf, sent }) {
  const form = byId('composer');
  const text = byId('text');
  const trouble = byId('trouble');
  const menu = byId('attach-menu');
  const attach = byId('attach');
  const file = byId('file');
  const drafts = new Map();
  let place;
  let sending = false;
  /** @type {{ text: string, quote?: object, media?: { name: string, type: string, base64: string, kind: string } }} */
  let draft = { text: '' };

  const complain = (sentence) => {
    trouble.textContent = sentence ?? '';
    trouble.hidden = !sentence;
  };

  const grow = () => {
    text.style.height = 'auto';
    text.style.height = `${text.scrollHeight + 2}px`;
  };

  const show = () => {
    text.value = draft.text;
    byId('replying').hidden = !draft.quote;
    if (draft.quote) {
      byId('replying-to').textContent = `Membalas ${nameOf(draft.quote.from)}`;
      byId('replying-text').textContent = summary(draft.quote);
    }
    byId('attached').hidden = !draft.media;
    if (draft.media) {
      byId('attached-kind').textContent = mediaName(draft.media.kind);
      byId('attached-name').textContent = draft.media.name;
    }
    grow();
  };

  const openMenu = (visible) => {
    menu.hidden = !visible;
    attach.setAttribute('aria-expanded', String(visible));
    if (visible) menu.querySelector('button').focus();
  };

  const put = (kind, name, type, bytes) => {
    if (bytes.length === 0) return complain('Berkas itu kosong.');
    draft.media = { kind, name, type, base64: base64(bytes) };
    complain();
    show();
    text.focus();
  };

  async function send() {
    if (sending || !place) return;
    const { chat, person } = place;
    const current = draft;
    const words = current.text;
    if (words.trim() === '' && !current.media) return;
    if (words.length > TEXT_LIMIT) return complain('Pesan terlalu panjang: paling banyak 65.536 huruf.');
    sending = true;
    openMenu(false);
    form.setAttribute('aria-busy', 'true');
    const { media, quote } = current;
    try {
      await sendMessage({
        chat,
        from: person,
        text: words,
        ...(quote ? { quote: quote.id } : {}),
        ...(mentionsBot(words) ? { mentionsBot: true } : {}),
        ...(media ? { media: { name: media.name, type: media.type, base64: media.base64 } } : {}),
      });
      // What was typed while it was on its way stays.
      current.text = current.text.startsWith(words) ? current.text.slice(words.length) : current.text;
      if (current.quote === quote) current.quote = undefined;
      if (current.media === media) current.media = undefined;
      if (current === draft) {
        complain();
        show();
      }
      sent();
    } catch (error) {
      complain(error instanceof Trouble ? error.message : 'Pesan belum terkirim. Tulisan Anda tetap ada; coba lagi.');
    } finally {
      sending = false;
      form.removeAttribute('aria-busy');
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send();
    text.focus();
  });
  text.addEventListener('focus', () => openMenu(false));
  text.addEventListener('input', () => {
    draft.text = text.value;
    complain();
    grow();
  });
  text.addEventListener('keydown', (event) => {
    // On a phone's keyboard Enter makes a new line, as in any messenger.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || matchMedia('(pointer: coarse)').matches) return;
    event.preventDefault();
    send();
  });
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    if (!menu.hidden) {
      openMenu(false);
      attach.focus();
    } else if (draft.quote) {
      draft.quote = undefined;
      show();
      text.focus();
    }
  });
  byId('mention').addEventListener('click', () => {
    const { selectionStart, selectionEnd } = text;
    const before = text.value.slice(0, selectionStart);
    text.setRangeText(`${/\S$/.test(before) ? ' ' : ''}@bot `, selectionStart, selectionEnd, 'end');
    draft.text = text.value;
    grow();
    text.focus();
  });
  byId('replying-drop').addEventListener('click', () => {
    draft.quote = undefined;
    show();
    text.focus();
  });
  byId('attached-drop').addEventListener('click', () => {
    draft.media = undefined;
    show();
    text.focus();
  });

  attach.addEventListener('click', () => openMenu(menu.hidden));
  for (const button of menu.querySelectorAll('button')) {
    button.addEventListener('click', () => {
      const kind = button.dataset.attach;
      openMenu(false);
      if (!(kind in FILES)) return byId(`${kind}-dialog`).showModal();
      file.value = '';
      file.accept = FILES[kind];
      file.dataset.kind = kind;
      file.click();
    });
  }
  file.addEventListener('change', async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    if (chosen.size > MEDIA_LIMIT) return complain('Lampiran terlalu besar: paling banyak 16 MB.');
    const { kind } = file.dataset;
    try {
      put(kind, chosen.name, chosen.type || kind, new Uint8Array(await chosen.arrayBuffer()));
    } catch {
      complain('Berkas itu tidak dapat dibaca. Coba berkas lain.');
    }
  });

  const encode = (content) => new TextEncoder().encode(content);
  onDialog('contact', ({ name, number }) => {
    const card = [
      'BEGIN:VCARD',
      'VERSION:3.0',
      `FN:${name.replace(/[\r\n]/g, ' ')}`,
      `TEL:${number}`,
      'END:VCARD',
    ].join('\r\n');
    put('contact', name, 'contact', encode(card));
  });
  onDialog('place', ({ name, latitude, longitude }) => {
    const where = { name, latitude: Number(latitude), longitude: Number(longitude) };
    put('place', name, 'place', encode(JSON.stringify(where)));
  });

  return {
    show({ person, chat, group }) {
      const key = `${person} ${chat}`;
      if (!drafts.has(key)) drafts.set(key, { text: '' });
      draft = drafts.get(key);
      place = { person, chat };
      byId('mention').hidden = !group;
      openMenu(false);
      complain();
      show();
    },
    reply(message) {
      draft.quote = message;
      show();
      text.focus();
    },
    complain,
  };
}

function onDialog(kind, done) {
  const dialog = byId(`${kind}-dialog`);
  const form = dialog.querySelector('form');
  dialog.querySelector('[data-close]').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    dialog.close();
    form.reset();
    done(fields);
  });
}
