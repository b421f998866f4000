// Joins the page's parts: who is played, his chats, the open chat, and the live stream that keeps them current.

import { getChats, getMessages, getWorld, openStream, sendReaction, Trouble } from './api.js';
import { bubble, summary } from './bubble.js';
import { dayText, openClockBar, timeText } from './clock.js';
import { openComposer } from './composer.js';
import { byId, element } from './element.js';
import { drawIcons, icon } from './icon.js';
import { castGroups, colourOf, initials, roleName } from './people.js';

/** How many messages are shown at first, and how many more on request. */
const PAGE = 150;
/** After a change the server is asked once for all that changed meanwhile. */
const GATHER = 60;

const clock = openClockBar();
const log = byId('log');
const picker = byId('person');
const newest = byId('newest');

let world = { people: [], chats: [] };
let person;
let chats = [];
/** The open chat: `{ id, messages, shown: Map, wanted }`. */
let open;
let stream;

const nameOf = (id) => (id === 'bot' ? 'Bot' : (world.people.find((one) => one.id === id)?.name ?? id));
const titleOf = (chat) => (chat.kind === 'private' ? 'Bot (pribadi)' : chat.name);
const isWide = () => matchMedia('(min-width: 760px)').matches;

const composer = openComposer({
  nameOf: (id) => (id === person ? 'diri sendiri' : nameOf(id)),
  sent: () => {
    stickToEnd = true;
    refresh();
  },
});

// ---------------------------------------------------------------- where we are: #person/chat

const hashOf = (...parts) => `#${parts.map(encodeURIComponent).join('/')}`;

function readHash() {
  const [wantedPerson, wantedChat] = location.hash
    .slice(1)
    .split('/')
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return '';
      }
    });
  return { person: world.people.find((one) => one.id === wantedPerson)?.id, chat: wantedChat };
}

async function follow() {
  const wanted = readHash();
  picker.value = wanted.person ?? '';
  if (wanted.person !== person) {
    person = wanted.person;
    open = undefined;
    chats = [];
    stream?.close();
    stream = person && listen(person);
    await refresh();
  }
  const chat = chats.find((one) => one.id === wanted.chat);
  document.body.dataset.view = chat ? 'chat' : 'list';
  byId('start').hidden = person !== undefined;
  if (!chat && person && isWide() && chats[0]) {
    // With room for both, the first chat lies open beside the list.
    history.replaceState(null, '', hashOf(person, chats[0].id));
    return follow();
  }
  if (chat?.id !== open?.id) openChat(chat);
}

// ---------------------------------------------------------------- people

function showCast() {
  const groups = castGroups(world.people);
  picker.replaceChildren(
    element('option', { value: '' }, 'Pilih orang…'),
    ...groups.map(({ title, people }) =>
      element(
        'optgroup',
        { label: title },
        ...people.map((one) => element('option', { value: one.id }, `${one.name} (${roleName(one)})`)),
      ),
    ),
  );
  byId('cast').replaceChildren(
    ...groups.map(({ title, people }) =>
      element(
        'section',
        { class: 'cast-group', 'aria-label': title },
        element('h3', {}, title),
        element(
          'ul',
          {},
          ...people.map((one) =>
            element(
              'li',
              {},
              element(
                'a',
                { href: hashOf(one.id), class: 'cast-person' },
                face(one.name, one.id),
                element('span', {}, element('strong', {}, one.name), element('span', { class: 'role' }, roleName(one))),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

const face = (name, id, sign) =>
  element('span', { class: `face ${colourOf(id)}`, 'aria-hidden': 'true' }, sign ?? initials(name));

picker.addEventListener('change', () => {
  location.hash = picker.value ? hashOf(picker.value) : '';
});

// ---------------------------------------------------------------- the list of chats

/** How many messages of a chat this person has seen, kept by the browser. */
const seenKey = (chat) => `seen ${person} ${chat}`;
const seenIn = (chat) => Math.min(Number(localStorage.getItem(seenKey(chat.id)) ?? 0), chat.count);
const markSeen = (chat) => localStorage.setItem(seenKey(chat.id), String(chat.count));

function showChats() {
  const current = open && chats.find((chat) => chat.id === open.id);
  if (current && !document.hidden) markSeen(current);
  const focused = document.activeElement?.dataset?.chat;
  byId('chats').replaceChildren(
    ...chats.map((chat) => {
      const unread = chat.count - seenIn(chat);
      const last = chat.last;
      const by = last && (last.from === person ? 'Anda: ' : chat.kind === 'group' ? `${nameOf(last.from)}: ` : '');
      return element(
        'li',
        {},
        element(
          'a',
          {
            href: hashOf(person, chat.id),
            class: 'chat-item',
            'data-chat': chat.id,
            'aria-current': chat.id === open?.id ? 'true' : undefined,
          },
          face(titleOf(chat), chat.id, icon(chat.kind === 'private' ? 'bot' : 'group')),
          element(
            'span',
            { class: 'chat-item-text' },
            element('strong', {}, titleOf(chat)),
            element('span', { class: 'last' }, last ? by + summary(last) : 'Belum ada pesan'),
          ),
          element(
            'span',
            { class: 'chat-item-side' },
            last && element('time', { dateTime: last.at }, whenText(last.at)),
            unread > 0 &&
              element(
                'span',
                { class: 'unread', role: 'img', 'aria-label': `${unread} pesan belum dibaca` },
                String(unread),
              ),
          ),
        ),
      );
    }),
  );
  if (focused) document.querySelector(`[data-chat="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function whenText(at) {
  const day = at.slice(0, 10);
  if (day === clock.today()) return timeText(at);
  const words = dayText(day, clock.today());
  return words === 'Kemarin' ? words : `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(2, 4)}`;
}

// ---------------------------------------------------------------- the open chat

let stickToEnd = true;

function openChat(chat) {
  byId('chat').hidden = !chat;
  log.replaceChildren();
  newest.hidden = true;
  open = chat && { id: chat.id, messages: [], shown: new Map(), wanted: PAGE };
  document.title = chat ? `${titleOf(chat)} · ${nameOf(person)} · Simulator` : 'Simulator bot desa binaan';
  if (!chat) return showChats();
  byId('chat-title').textContent = titleOf(chat);
  byId('chat-face').replaceChildren(icon(chat.kind === 'private' ? 'bot' : 'group'));
  byId('chat-face').className = `face ${colourOf(chat.id)}`;
  const others = chat.members.filter((id) => id !== person).map(nameOf);
  byId('chat-members').textContent =
    chat.kind === 'private'
      ? `Anda bermain sebagai ${nameOf(person)}`
      : [`Anda (${nameOf(person)})`, 'Bot', ...others].join(', ');
  composer.show({ person, chat: chat.id, group: chat.kind === 'group' });
  stickToEnd = true;
  showChats();
  refresh();
  if (isWide()) byId('text').focus({ preventScroll: true });
}

const view = {
  get me() {
    return person;
  },
  get group() {
    return chats.find((chat) => chat.id === open?.id)?.kind === 'group';
  },
  nameOf,
  find: (id) => open?.messages.find((message) => message.id === id),
  reply: (message) => composer.reply(message),
  async react(message, emoji) {
    try {
      await sendReaction(message.id, person, emoji);
      composer.complain();
      refresh();
    } catch (error) {
      composer.complain(error instanceof Trouble ? error.message : 'Reaksi belum terkirim. Coba lagi.');
    }
  },
  async jump(id) {
    const there = () => log.querySelector(`[data-id="${CSS.escape(id)}"]`);
    if (!there() && open) {
      open.wanted = 1_000_000;
      await refresh();
    }
    const article = there();
    if (!article) return;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    stickToEnd = false;
    article.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
    article.classList.add('found');
    article.tabIndex = -1;
    article.focus({ preventScroll: true });
    setTimeout(() => article.classList.remove('found'), 1600);
  },
};

/** Brings the log in line with `messages`, touching only what is new or changed. */
function showMessages(messages) {
  const before = log.scrollHeight - log.scrollTop;
  const added = messages.length > 0 && open.messages.at(-1)?.id !== messages.at(-1).id;
  open.messages = messages;
  const nodes = [];
  const shown = new Map();
  if (messages.length === open.wanted) {
    const more = () => {
      open.wanted += PAGE * 2;
      stickToEnd = false;
      refresh();
    };
    nodes.push(element('button', { type: 'button', class: 'older', click: more }, 'Tampilkan yang lebih lama'));
  }
  let day;
  const copies = new Map();
  for (const message of messages) {
    if (message.at.slice(0, 10) !== day) {
      day = message.at.slice(0, 10);
      nodes.push(element('div', { class: 'day' }, dayText(day, clock.today())));
    }
    // A text that arrived twice has the same id twice.
    const copy = (copies.get(message.id) ?? 0) + 1;
    copies.set(message.id, copy);
    const key = `${message.id} ${copy}`;
    const kept = open.shown.get(key) ?? { ...bubble(message, view), was: '' };
    const is = JSON.stringify([message.reactions, message.ticks]);
    if (kept.was !== is) kept.update(message);
    kept.was = is;
    shown.set(key, kept);
    nodes.push(kept.article);
  }
  open.shown = shown;
  if (messages.length === 0) nodes.push(element('p', { class: 'empty' }, 'Belum ada pesan. Tulislah yang pertama.'));
  arrange(nodes);
  if (stickToEnd) log.scrollTop = log.scrollHeight;
  else log.scrollTop = added ? log.scrollTop : log.scrollHeight - before;
  newest.hidden = stickToEnd || !(added || !newest.hidden);
}

/** Puts `nodes` into the log; what stays is not moved, so that focus and what is being read aloud stay too. */
function arrange(nodes) {
  const wanted = new Set(nodes);
  for (const child of [...log.childNodes]) if (!wanted.has(child)) child.remove();
  let at = log.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else log.insertBefore(node, at);
  }
}

log.addEventListener('scroll', () => {
  stickToEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  if (stickToEnd) newest.hidden = true;
});
new ResizeObserver(() => {
  if (stickToEnd) log.scrollTop = log.scrollHeight;
}).observe(log);
// A photo grows once it is there.
log.addEventListener('load', () => stickToEnd && log.scrollTo(0, log.scrollHeight), true);
newest.addEventListener('click', () => {
  log.scrollTop = log.scrollHeight;
  byId('text').focus({ preventScroll: true });
});
byId('back').addEventListener('click', () => {
  const from = open?.id;
  location.hash = hashOf(person);
  addEventListener('hashchange', () => document.querySelector(`[data-chat="${CSS.escape(from ?? '')}"]`)?.focus(), {
    once: true,
  });
});

// ---------------------------------------------------------------- staying current

let asking;
let askAgain = false;

/** Fetches the list of chats and the open chat anew; while it does, further wishes become one. */
function refresh() {
  if (asking) {
    askAgain = true;
    return asking;
  }
  asking = fetchAll().finally(() => {
    asking = undefined;
    if (askAgain) {
      askAgain = false;
      refresh();
    }
  });
  return asking;
}

async function fetchAll() {
  if (!person) return showChats();
  const forPerson = person;
  const chatOpen = open;
  try {
    const [list, messages] = await Promise.all([
      getChats(forPerson),
      chatOpen ? getMessages(chatOpen.id, chatOpen.wanted) : undefined,
    ]);
    if (person !== forPerson) return;
    chats = list;
    if (messages && open === chatOpen) showMessages(messages);
    showChats();
    connected(true);
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    connected(false);
  }
}

const connected = (yes) => {
  byId('offline').hidden = yes;
};

function listen(forPerson) {
  const source = openStream(forPerson);
  let gathering = false;
  source.addEventListener('change', () => {
    if (gathering) return;
    gathering = true;
    setTimeout(() => {
      gathering = false;
      if (source === stream) refresh();
    }, GATHER);
  });
  source.addEventListener('clock', (event) => clock.told(JSON.parse(event.data).now));
  // After a break everything may have changed.
  source.addEventListener('open', () => {
    connected(true);
    refresh();
  });
  source.addEventListener('error', () => {
    connected(false);
    // The browser tries again by itself unless it was told to stop.
    if (source.readyState === EventSource.CLOSED && source === stream) {
      setTimeout(() => {
        if (source === stream) stream = listen(forPerson);
      }, 2000);
    }
  });
  return source;
}

async function begin() {
  try {
    world = await getWorld();
  } catch {
    connected(false);
    setTimeout(begin, 2000);
    return;
  }
  connected(true);
  clock.told(world.now);
  showCast();
  addEventListener('hashchange', follow);
  document.addEventListener('visibilitychange', () => !document.hidden && refresh());
  await follow();
}

drawIcons();
begin();
