// Event -> Reading: what a message says, worked out once from its text and the content alone.

import { asksInWords } from './saying.ts';
import { masked, normalise } from './text.ts';
import { dayKey } from './time.ts';
import type {
  CaseCode,
  Checked,
  Choice,
  Command,
  CommandName,
  Door,
  Event,
  Invite,
  Meaning,
  Reading,
  ReadyBroadcast,
  Topic,
} from './types.ts';
import { detailed, type Heard, NOTHING_MEANT, type Understanding, understand } from './understand.ts';

export interface Content {
  readonly topics: readonly Topic[];
  readonly menu: readonly Door[];
  readonly readyBroadcasts: readonly ReadyBroadcast[];
  readonly checked: readonly Checked[];
  readonly understanding: Understanding;
}

/** Letters and digits of a case code; those that look alike (0 O 1 I) are left out. */
export const CODE_LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const CODE = /\bKRC[-\s]?([2-9A-HJ-NP-Z]{4})\b/gi;

const COMMAND_WORDS: Readonly<Record<string, CommandName>> = {
  ambil: 'ambil',
  balas: 'balas',
  selesai: 'selesai',
  identitas: 'identitas',
  isi: 'isi',
  daftar: 'daftar',
  mulai: 'mulai',
  bantuan: 'bantuan',
  help: 'bantuan',
  siaran: 'siaran',
  petugas: 'petugas',
  grup: 'grup',
  desa: 'desa',
  lapor: 'lapor',
  laporan: 'lapor',
  melapor: 'lapor',
  batal: 'batal',
  batalkan: 'batal',
  menu: 'menu',
  mnu: 'menu',
  privasi: 'privasi',
  lanjut: 'lanjut',
};

const FOR_EVERYBODY: ReadonlySet<CommandName> = new Set(['lapor', 'batal', 'menu', 'privasi', 'lanjut']);

/** Words that may stand beside a command and change nothing: "batal pak", "menu min". */
const FILLER = /^(pak|bapak|bu|ibu|buk|min|bot|dong|ya|yo|lah|saja|laporan|saya|tolong|mau|baru|admin)$/;

const CHOICES: Readonly<Record<string, Choice['is']>> = {
  ya: 'yes',
  iya: 'yes',
  iyo: 'yes',
  yo: 'yes',
  y: 'yes',
  betul: 'yes',
  benar: 'yes',
  setuju: 'yes',
  tidak: 'no',
  tdk: 'no',
  dak: 'no',
  idak: 'no',
  ndak: 'no',
  gak: 'no',
  ga: 'no',
  nggak: 'no',
  enggak: 'no',
  bukan: 'no',
  bkn: 'no',
  lewati: 'skip',
  lewat: 'skip',
  skip: 'skip',
};

const BOT_NAME = /(^|[\s,])@?(min\s+bot|bot)\b/i;
/** A name said to the bot stands at the beginning, or with an @ anywhere. */
const NAMED = /^\s*(halo|hai|hi|assalamu\S*|pagi|siang|malam)?[\s,]*@?(min\s+bot|bot)\b|@bot\b/i;

/** 👍 in any skin tone. */
export const isThumbsUp = (emoji: string) => /^👍(\p{Emoji_Modifier}|\uFE0F)*$/u.test(emoji.trim());
/** 👎 in any skin tone. */
export const isThumbsDown = (emoji: string) => /^👎(\p{Emoji_Modifier}|\uFE0F)*$/u.test(emoji.trim());

function readCommand(text: string): Command | undefined {
  // Codes may stand before or after the command's word; what is left is what the command is given.
  let rest = text.trim();
  const leadingCode = /^KRC[-\s]?[2-9A-HJ-NP-Z]{4}\b[\s:,.-]*/i;
  rest = rest.replace(leadingCode, '');
  const word = /^\*?_?(\p{L}+)\*?_?[\s:,.!-]*/u.exec(rest);
  const name = commandCalled(word?.[1] ?? '');
  if (!word || !name) return politeCommand(rest);
  return { name, rest: rest.slice(word[0].length).replace(leadingCode, '').trim() };
}

/** Words such as "constructor" are no commands, whatever JavaScript finds under them. */
function commandCalled(word: string): CommandName | undefined {
  const lower = word.toLowerCase();
  return Object.hasOwn(COMMAND_WORDS, lower) ? COMMAND_WORDS[lower] : undefined;
}

/** "pak batal", "tolong batalkan laporan saya": a command of villagers among nothing but filler. */
function politeCommand(text: string): Command | undefined {
  const words = text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !FILLER.test(word));
  const name = words.length === 1 ? commandCalled(words[0] as string) : undefined;
  return name && FOR_EVERYBODY.has(name) ? { name, rest: '' } : undefined;
}

/** How a number is spoken, in Indonesian, Melayu Jambi and Minang; the first stands for 1. */
const NUMBERS: readonly RegExp[] = [
  /^(satu|ciek|pertama|kesatu)$/,
  /^(dua|duo|kedua|keduo)$/,
  /^(tiga|tigo|ketiga|ketigo)$/,
  /^(empat|ampek|keempat)$/,
  /^(lima|limo|kelima|kelimo)$/,
  /^(enam|anam|keenam)$/,
  /^(tujuh|tujuah|ketujuh)$/,
  /^(delapan|lapan|salapan|kedelapan)$/,
  /^(sembilan|sambilan|kesembilan)$/,
];
/** What may stand beside a number that is chosen: "yang nomor 2". */
const BESIDE_NUMBER = /^(yang|yg|nan|nomor|nomer|nmr|no|angka|pilih|pilihan|ke)$/;

/** "2", "yang nomor 2", "dua pak": the number, where nothing else is said. */
function numberIn(words: readonly string[]): number | undefined {
  const kept = withoutFiller(words).filter((word) => !BESIDE_NUMBER.test(word));
  const word = kept.length === 1 ? (kept[0] as string) : '';
  if (/^\d{1,2}$/.test(word)) return Number(word);
  const spoken = NUMBERS.findIndex((number) => number.test(word));
  return spoken < 0 ? undefined : spoken + 1;
}

/** The words that are more than forms of address and politeness. */
export const withoutFiller = (words: readonly string[]): string[] => words.filter((word) => !FILLER.test(word));

function readChoice(words: readonly string[], text: string): Choice | undefined {
  const number = numberIn(words);
  if (number !== undefined) return { is: 'number', number };
  const kept = words.filter((word) => !FILLER.test(word) || Object.hasOwn(CHOICES, word));
  if (/^\s*-\s*$/.test(text)) return { is: 'skip' };
  const first = kept[0] !== undefined && Object.hasOwn(CHOICES, kept[0]) ? CHOICES[kept[0]] : undefined;
  if (kept.length !== 1 || first === undefined || first === 'number') return undefined;
  return { is: first };
}

/** The way into a group as a link gives it; a code has 22 letters today. */
const INVITE_LINK = /\bchat\.whatsapp\.com\/(?:invite\/)?([\w-]{10,64})(?![\w-])/i;

/** As much of a text as is understood, in characters; all of it is kept. What a report is about stands at its beginning. */
const READ_LIMIT = 4_000;

// ---------------------------------------------------------------- several questions in one message

/** Where one question may end and the next begin; a number before it is no word that tells. */
const BETWEEN = /(?<=\?)|\n+|(?<=[.!])\s+|[,;](?!\d)|(?<!\S)(?:trus|terus|trs|lalu|dan|sama|serta)(?!\S)/i;
/** Fewer words say nothing by themselves. */
const WORDS_OF_A_PART = 2;
/** More parts are a story, or somebody's list. */
const MOST_PARTS = 8;
/** A word in so many titles is what topics are about ("paspor"), rather than what is asked of it. */
const TITLES_OF_A_SUBJECT = 3;

/** "kalau kena razia, hubungi siapa": what is supposed or only told belongs to what is asked after it. */
const SUPPOSES = /^(kalau|kalo|kalu|klau|kalok|klo|kl|klu|jika|misal\S*|seandainya)(?!\S)/i;

function partsOf(text: string): string[] {
  return joined(text.split(BETWEEN))
    .map((part) => part.trim())
    .filter((part) => withoutFiller(normalise(part)).length >= WORDS_OF_A_PART)
    .slice(0, MOST_PARTS);
}

function joined(parts: readonly string[]): string[] {
  const asked: string[] = [];
  let before = '';
  for (const part of parts) {
    const text = `${before}${part}`;
    const asks = asksInWords(part) && (part.includes('?') || !SUPPOSES.test(part.trim()));
    before = asks ? '' : `${text.trim()}, `;
    if (asks) asked.push(text);
  }
  return before === '' ? asked : [...asked, before];
}

/** What a text speaks of, in the words of the titles: what the parts after it leave out ("biayanya berapa"). */
function subjectOf(text: string, topics: readonly Topic[]): string {
  const titles = topics.map((topic) => new Set(normalise(topic.title)));
  const isSubject = (word: string) =>
    word.length > 3 && titles.filter((title) => title.has(word)).length >= TITLES_OF_A_SUBJECT;
  return normalise(text).filter(isSubject).join(' ');
}

/** What each part of a question asks; empty where it is of one part, or no question. */
function asksIn(text: string, whole: Meaning, content: Content, heard: Heard): readonly Meaning[] {
  const parts = whole.kind === 'answer' ? partsOf(text) : [];
  if (parts.length < 2) return [];
  let subject = '';
  return parts.map((part) => {
    const alone = understand(part, content.understanding, heard);
    const own = subjectOf(part, content.topics);
    if (own !== '' || subject === '') {
      subject = own || subject;
      return alone;
    }
    // Of the subject spoken of before, unless that makes it say less than it does alone.
    const carried = understand(`${subject} ${part}`, content.understanding, heard);
    if (carried.kind === 'answer' && carried.confidence === 'sure') return carried;
    return carried.topics[0]?.topic === alone.topics[0]?.topic ? alone : carried;
  });
}

/** True when nothing but filler stands beside the command, so that "batal berangkat, dia disekap" is no command. */
export function isBare(command: Command): boolean {
  return command.rest
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .every((word) => word === '' || FILLER.test(word));
}

/**
 * Works out what an event says.
 * @param event anything heard; only messages carry text
 * @param content what `content.ts` loaded
 */
export function read(event: Event, content: Content): Reading {
  const typed = event.kind === 'message' ? event.text : '';
  const text = typed.replace(/(?<!\S)@bot\b[\s,:]*/gi, '').trim();
  const beginning = text.slice(0, READ_LIMIT);
  const words = normalise(beginning);
  const today = dayKey(event.at);
  const common = {
    text,
    words,
    topics: content.topics,
    menu: content.menu,
    readyBroadcasts: content.readyBroadcasts,
    toCheck: event.kind === 'tick' ? content.checked.filter((one) => one.checkAgain <= today) : [],
  };
  if (event.kind !== 'message') {
    return {
      ...common,
      codes: [],
      named: false,
      meaning: NOTHING_MEANT,
      meaningInReply: NOTHING_MEANT,
      asks: [],
      asksInReply: [],
    };
  }
  const named = event.mentionsBot || NAMED.test(typed.slice(0, READ_LIMIT));
  const heard = {
    chat: event.chatKind,
    attachments: event.attachments.filter((attachment) => attachment.type !== 'sticker').length,
  };
  const addressed = event.chatKind === 'private' || named;
  const spoken = named ? beginning.replace(BOT_NAME, ' ').trim() : beginning;
  const means = (how: Heard) =>
    detailed(spoken, understand(spoken, content.understanding, how), content.understanding, how);
  const meaning = means({ ...heard, addressed });
  const asks = asksIn(spoken, meaning, content, { ...heard, addressed });
  const inReply = { ...heard, addressed: true };
  const same = addressed || event.quote === undefined;
  const meaningInReply = same ? meaning : means(inReply);
  const asksInReply = same ? asks : asksIn(spoken, meaningInReply, content, inReply);
  const command = readCommand(text);
  const choice = readChoice(words, beginning);
  const mayBeTold = meaning.kind === 'report' || meaning.kind === 'warn';
  const isDoubtful = !addressed && mayBeTold && meaning.confidence === 'doubtful';
  const { reader, showable } = content.understanding.words;
  const invite = event.invite ?? (INVITE_LINK.exec(beginning)?.[1] as Invite | undefined);
  return {
    ...common,
    ...(command && { command }),
    ...(choice && { choice }),
    ...(invite && { invite }),
    codes: [...beginning.matchAll(CODE)].map((match) => `KRC-${match[1]?.toUpperCase()}` as CaseCode),
    named,
    meaning,
    meaningInReply,
    ...(isDoubtful && { example: masked(words, reader.lexicon, showable) }),
    asks,
    asksInReply,
  };
}
