// Speaks with the simulator's API; what goes wrong comes back as a plain sentence.

const ROOT = '/simulator/api';

/** A sentence for whoever looks at the page. */
export class Trouble extends Error {}

/** What the API says in English, and what the page says instead. */
const SENTENCES = [
  [/not in the group/, 'Orang ini bukan anggota grup itu, jadi tidak bisa menulis di sana.'],
  [/text is too long/, 'Pesan terlalu panjang: paling banyak 65.536 huruf.'],
  [/too large|larger than/, 'Lampiran terlalu besar: paling banyak 16 MB.'],
  [/base64|media\.type/, 'Lampiran ini tidak dapat dibaca. Coba berkas lain.'],
  [/needs a text/, 'Tulis pesan dulu, atau lampirkan sesuatu.'],
  [/cannot go back/, 'Jam simulator tidak bisa mundur.'],
  [/at most 400 days/, 'Jam simulator maju paling jauh 400 hari sekaligus.'],
  [/Not a moment/, 'Tanggal atau jam itu tidak dapat dibaca.'],
  [/Unknown message|quoted message/, 'Pesan itu tidak ada lagi di obrolan ini.'],
];

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(ROOT + path, options);
  } catch {
    throw new Trouble('Simulator tidak terjangkau. Tulisan Anda tetap ada; coba lagi sebentar lagi.');
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  const said = String(body.error ?? answer.status);
  const known = SENTENCES.find(([pattern]) => pattern.test(said));
  if (known) throw new Trouble(known[1]);
  if (answer.status >= 500) throw new Trouble('Simulator sedang bermasalah. Tulisan Anda tetap ada; coba lagi.');
  throw new Trouble(`Simulator menolak permintaan ini. Tulisan Anda tetap ada. (Rincian: ${said})`);
}

const post = (path, body) =>
  ask(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

export const getWorld = () => ask('/world');
export const getChats = (person) => ask(`/chats?person=${encodeURIComponent(person)}`);
/** The newest `last` messages of a chat, oldest first. */
export const getMessages = (chat, last) => ask(`/messages?chat=${encodeURIComponent(chat)}&last=${last}`);
export const sendMessage = (message) => post('/messages', message);
export const sendReaction = (message, from, emoji) => post('/reactions', { message, from, emoji });
export const moveClock = (change) => post('/clock', change);
export const mediaAddress = (ref) => `${ROOT}/media/${encodeURIComponent(ref)}`;
export const openStream = (person) => new EventSource(`${ROOT}/stream?person=${encodeURIComponent(person)}`);
