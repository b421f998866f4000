// One message as a bubble: who, what, when, how far it came, and what can be done with it.

import { mediaAddress } from './api.js';
import { timeText } from './clock.js';
import { element } from './element.js';
import { formatted, plain } from './format.js';
import { icon } from './icon.js';
import { colourOf } from './people.js';

const EMOJI = ['👍', '❤️', '✅', '🙏', '😂', '😮', '😢', '👎', '❓', '🚨'];
const MEDIA_NAMES = {
  photo: 'Foto',
  voice: 'Pesan suara',
  video: 'Video',
  document: 'Dokumen',
  sticker: 'Stiker',
  contact: 'Kontak',
  place: 'Tempat',
};
const TICKS = [
  ['…', 'Menunggu'],
  ['✓', 'Terkirim'],
  ['✓✓', 'Sampai'],
  ['✓✓', 'Dibaca'],
];

export const mediaName = (type) => MEDIA_NAMES[type] ?? 'Lampiran';

/** One line that stands for a message, in the chat list and in quotes. */
export function summary(message) {
  const words = plain(message.text);
  if (!message.media) return words;
  return words ? `${mediaName(message.media.type)}: ${words}` : mediaName(message.media.type);
}

/**
 * Builds the bubble of `message`; `update(message)` shows new reactions and ticks.
 * `view` tells what the chat knows: `{ me, group, nameOf(id), find(id), jump(id), reply(message), react(message, emoji) }`.
 */
export function bubble(message, view) {
  const mine = message.from === view.me;
  const who = mine ? 'Anda' : view.nameOf(message.from);
  const foot = element('span', { class: 'foot' });
  const reactions = element('div', { class: 'reactions' });
  const chooser = element('div', { class: 'chooser', role: 'group', 'aria-label': 'Pilih reaksi', hidden: true });
  const smile = element(
    'button',
    {
      type: 'button',
      class: 'act',
      'aria-label': `Beri reaksi pada pesan ${who}`,
      'aria-expanded': 'false',
      click: toggle,
    },
    icon('smile'),
  );
  const answer = element(
    'button',
    { type: 'button', class: 'act', 'aria-label': `Balas pesan ${who}`, click: () => view.reply(message) },
    icon('reply'),
  );
  const body = element(
    'div',
    { class: 'bubble' },
    view.group && !mine && element('div', { class: `who ${colourOf(message.from)}` }, who),
    message.quote && quoteOf(message.quote, view),
    message.media && mediaOf(message.media),
    message.text !== '' && element('div', { class: 'text' }, ...formatted(message.text)),
    foot,
    element('div', { class: 'acts' }, answer, smile),
  );
  const article = element(
    'article',
    {
      class: `message ${mine ? 'mine' : message.fromBot ? 'theirs bot' : 'theirs'}`,
      'data-id': message.id,
      'data-from': message.from,
      'aria-label': `${who}, ${timeText(message.at)}`,
    },
    body,
    reactions,
    chooser,
  );

  // Without a mouse nothing hovers: a tap on the bubble shows what can be done with it.
  body.addEventListener('click', (event) => {
    if (event.target.closest('button, a, audio, video, img')) return;
    const picked = !article.classList.contains('picked');
    for (const other of document.querySelectorAll('.message.picked')) other.classList.remove('picked');
    article.classList.toggle('picked', picked);
  });
  article.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || chooser.hidden) return;
    toggle();
    smile.focus();
  });

  let given = [];
  function toggle() {
    chooser.hidden = !chooser.hidden;
    smile.setAttribute('aria-expanded', String(!chooser.hidden));
    if (chooser.hidden) return;
    const own = given.find((reaction) => reaction.from === view.me)?.emoji;
    chooser.replaceChildren(...EMOJI.map((emoji) => choice(emoji, emoji === own)));
    chooser.scrollIntoView({ block: 'nearest' });
    chooser.querySelector('button').focus({ preventScroll: true });
  }
  function choice(emoji, chosen) {
    return element(
      'button',
      {
        type: 'button',
        'aria-label': chosen ? `Tarik reaksi ${emoji}` : `Reaksi ${emoji}`,
        'aria-pressed': String(chosen),
        click: () => {
          toggle();
          article.classList.remove('picked');
          smile.focus({ preventScroll: true });
          view.react(message, chosen ? '' : emoji);
        },
      },
      element('span', { class: 'emoji' }, emoji),
    );
  }

  function update(current) {
    const [sign, meaning] = TICKS[current.ticks] ?? TICKS[0];
    foot.replaceChildren(element('time', { dateTime: current.at }, timeText(current.at)));
    if (mine) {
      foot.append(
        element(
          'span',
          { class: current.ticks === 3 ? 'ticks read' : 'ticks', role: 'img', 'aria-label': meaning, title: meaning },
          sign,
        ),
      );
    }
    given = current.reactions;
    const counted = new Map();
    for (const { from, emoji } of given) counted.set(emoji, [...(counted.get(emoji) ?? []), from]);
    reactions.replaceChildren(
      ...[...counted].map(([emoji, from]) => {
        const names = from.map((id) => (id === view.me ? 'Anda' : view.nameOf(id))).join(', ');
        const own = from.includes(view.me);
        return element(
          'button',
          {
            type: 'button',
            class: own ? 'reaction own' : 'reaction',
            title: names,
            'aria-label': `${emoji} dari ${names}. ${own ? 'Tarik reaksi' : 'Beri reaksi yang sama'}`,
            click: () => view.react(message, own ? '' : emoji),
          },
          element('span', { class: 'emoji' }, emoji),
          from.length > 1 && ` ${from.length}`,
        );
      }),
    );
  }
  update(message);
  return { article, update };
}

function quoteOf(id, view) {
  const quoted = view.find(id);
  const name = quoted && (quoted.from === view.me ? 'Anda' : view.nameOf(quoted.from));
  return element(
    'button',
    {
      type: 'button',
      class: 'quote',
      'aria-label': `Ke pesan yang dikutip${name ? ` dari ${name}` : ''}`,
      click: () => view.jump(id),
    },
    element('strong', { class: quoted ? colourOf(quoted.from) : '' }, name ?? 'Pesan sebelumnya'),
    element('span', { class: 'quote-text' }, quoted ? summary(quoted) : 'Pesan ini lebih lama.'),
  );
}

function mediaOf({ type, name, ref }) {
  const address = ref && mediaAddress(ref);
  const title = name || mediaName(type);
  switch (type) {
    case 'photo':
    case 'sticker':
      return element(
        'a',
        { class: 'media', href: address, target: '_blank', rel: 'noopener' },
        element('img', { src: address, alt: `${mediaName(type)}: ${title}`, class: type }),
      );
    case 'voice':
      return element('audio', {
        class: 'media',
        controls: true,
        preload: 'none',
        src: address,
        'aria-label': `Pesan suara: ${title}`,
      });
    case 'video':
      return element('video', {
        class: 'media',
        controls: true,
        preload: 'none',
        src: address,
        'aria-label': `Video: ${title}`,
      });
    case 'contact':
    case 'place':
      return card(type, title, address);
    default:
      return element(
        'a',
        { class: 'media card', href: address, download: title },
        sign('document'),
        element('span', {}, title),
      );
  }
}

const sign = (name) => element('span', { class: 'sign' }, icon(name));

/** A contact's number or a place's coordinates stand in the content itself. */
function card(type, title, address) {
  const detail = element('span', { class: 'detail' }, mediaName(type));
  fetch(address)
    .then((answer) => answer.text())
    .then((text) => {
      detail.textContent = type === 'contact' ? numberIn(text) : coordinatesIn(text);
    })
    .catch(() => {});
  return element('div', { class: 'media card' }, sign(type), element('span', {}, element('strong', {}, title), detail));
}

const numberIn = (vcard) => /^TEL[^:]*:(.*)$/im.exec(vcard)?.[1]?.trim() ?? 'Kontak';

function coordinatesIn(text) {
  try {
    const { latitude, longitude } = JSON.parse(text);
    return `${latitude}, ${longitude}`;
  } catch {
    return 'Tempat';
  }
}
