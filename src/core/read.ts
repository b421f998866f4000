// Event -> Reading: what a message says, worked out once from its text and the content alone.

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
import { type Understanding, understand } from './understand.ts';

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

function readChoice(words: readonly string[], text: string): Choice | undefined {
  const number = /^\s*\*?(\d{1,2})\*?[.)]?\s*$/.exec(text);
  if (number) return { is: 'number', number: Number(number[1]) };
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

const NOTHING: Meaning = {
  kind: 'silent',
  confidence: 'sure',
  topics: [],
  severity: 'biasa',
  signs: [],
  countries: [],
  accuses: [],
  reasons: [],
  contacts: [],
  why: [],
};

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
    return { ...common, codes: [], named: false, meaning: NOTHING, meaningInReply: NOTHING };
  }
  const named = event.mentionsBot || NAMED.test(typed.slice(0, READ_LIMIT));
  const heard = {
    chat: event.chatKind,
    attachments: event.attachments.filter((attachment) => attachment.type !== 'sticker').length,
  };
  const addressed = event.chatKind === 'private' || named;
  const spoken = named ? beginning.replace(BOT_NAME, ' ').trim() : beginning;
  const meaning = understand(spoken, content.understanding, { ...heard, addressed });
  const meaningInReply =
    addressed || event.quote === undefined
      ? meaning
      : understand(spoken, content.understanding, { ...heard, addressed: true });
  const command = readCommand(text);
  const choice = readChoice(words, beginning);
  const mayBeTold = meaning.kind === 'report' || meaning.kind === 'warn';
  const isDoubtful = !addressed && mayBeTold && meaning.confidence === 'doubtful';
  const { lexicon, showable } = content.understanding;
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
    ...(isDoubtful && { example: masked(words, lexicon, showable) }),
  };
}
