// Text room: what was typed becomes plain words, and a person's words become safe to show. Knows no meaning.

/** Marks that stand for what has no use as a word: in capitals, as no word is. */
export const LINK = 'TAUTAN';
export const PHONE = 'TELEPON';
export const MONEY = 'UANG';
export const ACCOUNT = 'AKUN';
const MARK = /^[A-Z]/;

/** Format and private signs, blank letters (Hangul fillers, braille blank) and variation selectors. */
const INVISIBLE = /\p{Cf}|\p{Co}|[\u115F\u1160\u3164\uFFA0\u2800]|[\uFE00-\uFE0F]/gu;
const CONTROL = /[^\P{Cc}\n]/gu;
const LINE_ENDS = /\r\n|\r|\v|\f|[\u0085\u2028\u2029]/g;

const LINKS = /(?:https?:\/\/|www\.)\S+|\b(?:wa\.me|t\.me|bit\.ly|s\.id|chat\.whatsapp\.com)\/\S+|\[url\]/g;
/** Starts like an Indonesian mobile or any +number and is long enough; digits may be hidden with x or *. */
const PHONES = /(?:\+\d{2,3}[\s-]?|\b0)[\dx*](?:[\s.-]?[\dx*]){6,}/g;
const UNITS =
  'rb|ribu|rebu|jt|jta|jutaan|juta|yuta|miliar|milyar|k|dolar|dollar|dolr|dlar|dlr|usd|ringgit|rm|riyal|real|sgd|yen|won|ntd|euro|baht|rupiah';
const MONEYS = new RegExp(
  [
    String.raw`(?:rp\.?|usd|rm|sgd|\$)\s?\d[\d.,]*(?:\s?(?:${UNITS})\b)*`,
    String.raw`\b\d[\d.,]*(?:\s?-\s?\d[\d.,]*)?(?:\s?(?:${UNITS})\b)+`,
    String.raw`\b\d{1,3}(?:\.\d{3})+(?:,-)?`,
  ].join('|'),
  'g',
);
const FLAG_A = 0x1f1e6;
const FLAGS = /[\u{1F1E6}-\u{1F1FF}]{2}/gu;
const ACCOUNTS = /(?<![\p{L}\d])@[\w.]+/gu;

/**
 * The words of a text in plain spelling: NFKC, lower case, invisible signs and WhatsApp formatting gone, links, phone
 * numbers, money and accounts replaced by marks, flags by `bendera-xx`, stretched letters folded ("tolooong"),
 * doubled words halved ("anak2", "anak-anak"), digits and letters parted ("16th", but not "bp2mi"), the clitics -nya and -nyo gone.
 * Dialect and slang stay: they need the vocabulary (see `standardise`).
 * @param text as typed
 * @returns words in their order; empty when there is none
 */
export function normalise(text: string): string[] {
  const words: string[] = [];
  for (const piece of marked(text).match(PIECES) ?? []) {
    if (piece.startsWith('bendera-')) words.push(piece);
    else if (PLAIN_WORD.test(piece)) words.push(withoutClitic(unstretched(piece)));
    else for (const part of parts(piece)) pushWord(part, words);
  }
  return words;
}

const PIECES = /bendera-[a-z]{2}|[\p{L}\p{M}\d]+(?:-[\p{L}\p{M}\d]+)*/gu;
const PLAIN_WORD = /^[a-z]+$/;

/** Lower case, with marks in the place of what is no word. Most messages lack most of it, and looking is cheaper than replacing. */
function marked(text: string): string {
  let plain = text;
  const foreign = /[\u0080-\uffff]/.test(plain);
  if (foreign) plain = plain.normalize('NFKC').replace(INVISIBLE, '').replace(/[’‘ʼ]/g, "'");
  plain = plain.toLowerCase();
  if (/[*_~`]/.test(plain)) plain = plain.replace(/[*_~`]+(?=[\p{L}\d])|(?<=[\p{L}\d.!?])[*~`]+/gu, '');
  if (plain.includes("'")) plain = plain.replaceAll("'", '');
  if (/[/[]|www/.test(plain)) plain = plain.replace(LINKS, ` ${LINK} `);
  if (plain.includes('@')) plain = plain.replace(ACCOUNTS, ` ${ACCOUNT} `);
  if (/\d/.test(plain)) plain = plain.replace(PHONES, ` ${PHONE} `).replace(MONEYS, ` ${MONEY} `);
  if (foreign) plain = plain.replace(FLAGS, (flag) => ` bendera-${Array.from(flag, flagLetter).join('')} `);
  return plain;
}

function flagLetter(sign: string): string {
  return String.fromCharCode(97 + (sign.codePointAt(0) ?? FLAG_A) - FLAG_A);
}

/** Parts a hyphenated piece: "anak-anak" is one word, "e-paspor" one, "ibu-bapak" two. */
function parts(piece: string): readonly string[] {
  if (!piece.includes('-')) return [piece];
  const all = piece.split('-');
  const first = all[0] as string;
  if (first.length === 1 && all.length === 2 && /\p{L}/u.test(first)) return [all.join('')];
  return all.filter((part, i) => i === 0 || !(part === all[i - 1] || part.replace(/ny[ao]$/, '') === all[i - 1]));
}

function pushWord(part: string, words: string[]): void {
  const doubled = /^(\p{L}{2,})2(n|ny|nya|nyo|an|lah)?$/u.exec(part);
  const word = doubled?.[1] ?? part;
  const whole = /^\p{L}{1,4}\d\p{L}{1,3}$/u.test(word);
  for (const run of whole ? [word] : (word.match(/\d+|[^\d]+/g) ?? [])) {
    words.push(/\d/.test(run) ? run : withoutClitic(unstretched(run)));
  }
}

/** "tolooong" is "tolong". */
const unstretched = (word: string) => (/(\p{L})\1\1/u.test(word) ? word.replace(/(\p{L})\1{2,}/gu, '$1') : word);

/** "gajinya" and "gajinyo" are "gaji"; "hanya", "bertanya" and "punyo" stay. */
function withoutClitic(word: string): string {
  if (word.length < 6 || /(?:ta|ha|pu|so)ny[ao]$/.test(word)) return word;
  return word.replace(/ny[ao]$/, '');
}

// ---------------------------------------------------------------- words into standard spelling

/** What is known of words, built once from the vocabulary. */
export interface Lexicon {
  /** Variant -> standard words. */
  readonly spellings: ReadonlyMap<string, readonly string[]>;
  /** First word of a variant of several words -> the variants, longest first. */
  readonly phrases: ReadonlyMap<string, readonly { readonly words: readonly string[]; readonly standard: string }[]>;
  readonly known: ReadonlySet<string>;
  /** Consonants of a known word -> the words, the most wanted first. */
  readonly skeletons: ReadonlyMap<string, readonly string[]>;
  /** A subject word with one letter left out -> the word. */
  readonly deletions: ReadonlyMap<string, string>;
  /** What words were found to be, so that each is looked into once; it changes no result. */
  readonly found: Map<string, readonly string[]>;
}

/** Words remembered at most: those of a village are some thousands, and whoever types nonsense fills no memory. */
const REMEMBERED = 50_000;

/**
 * Builds the lexicon.
 * @param spellings standard -> variants; a variant may be of several words
 * @param subject words that carry the subject: misspelt words are repaired towards them
 * @param everyday other words that are right as they stand and must not be repaired into something else
 */
export function lexiconOf(
  spellings: Readonly<Record<string, readonly string[]>>,
  subject: Iterable<string>,
  everyday: Iterable<string>,
): Lexicon {
  const variants = new Map<string, readonly string[]>();
  const phrases = new Map<string, { words: readonly string[]; standard: string }[]>();
  const subjects = new Set(subject);
  const known = new Set([...subjects, ...everyday]);
  const rows: { words: readonly string[]; standard: string }[] = [];
  for (const [standard, forms] of Object.entries(spellings)) {
    for (const word of standard.split(' ')) known.add(word);
    for (const form of forms) {
      const words = normalise(form);
      if (words.length === 1) variants.set(words[0] as string, standard.split(' '));
      else if (words.length > 1) rows.push({ words, standard });
    }
  }
  // Words are put into standard spelling one by one before phrases are looked for.
  for (const { words, standard } of rows) {
    const spelt = words.flatMap((word) => variants.get(word) ?? [word]);
    const first = spelt[0] as string;
    phrases.set(first, [...(phrases.get(first) ?? []), { words: spelt, standard }]);
  }
  for (const list of phrases.values()) list.sort((a, b) => b.words.length - a.words.length);
  const skeletons = new Map<string, string[]>();
  const deletions = new Map<string, string>();
  for (const word of [...subjects, ...known]) {
    if (word.length < 4 || MARK.test(word)) continue;
    const key = skeleton(word);
    if (key.length >= 3) {
      const list = skeletons.get(key) ?? [];
      if (!list.includes(word)) skeletons.set(key, [...list, word]);
    }
    if (word.length < 6 || !subjects.has(word)) continue;
    for (const shorter of shortened(word)) if (!deletions.has(shorter)) deletions.set(shorter, word);
  }
  return { spellings: variants, phrases, known, skeletons, deletions, found: new Map() };
}

/**
 * Slang, dialect and misspelt words in standard spelling; a word that is not recognised stays as it is.
 * @param words from `normalise`
 */
export function standardise(words: readonly string[], lexicon: Lexicon): string[] {
  const joined: string[] = [];
  for (const word of joinPrefixes(words, lexicon)) for (const part of standardWord(word, lexicon)) joined.push(part);
  const out: string[] = [];
  for (let i = 0; i < joined.length; i++) {
    const word = joined[i] as string;
    const phrase = lexicon.phrases.get(word)?.find((p) => p.words.every((w, k) => joined[i + k] === w));
    if (phrase === undefined) out.push(word);
    else {
      for (const standard of phrase.standard.split(' ')) out.push(standard);
      i += phrase.words.length - 1;
    }
  }
  return out;
}

const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['di', 'di'],
  ['d', 'di'],
  ['ke', 'ke'],
  ['k', 'ke'],
  ['ter', 'ter'],
]);
const LONGEST_PREFIX = 3;

/** "di kurung" is "dikurung", "ke tipu" is "ketipu", where the joined word is known. */
function joinPrefixes(words: readonly string[], lexicon: Lexicon): string[] {
  const out: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    const next = words[i + 1];
    const prefix = word.length <= LONGEST_PREFIX ? PREFIXES.get(word) : undefined;
    const whole = prefix === undefined || next === undefined ? undefined : prefix + next;
    if (whole !== undefined && look(whole, lexicon) !== undefined) {
      out.push(whole);
      i++;
      continue;
    }
    out.push(word);
  }
  return out;
}

/** Endings of Melayu Jambi, Minang and Kerinci, and clitics -> what stands there in the standard word. */
const ENDINGS: readonly (readonly [string, string])[] = [
  ['o', 'a'],
  ['ny', ''],
  ['lah', ''],
  ['kah', ''],
  ['pun', ''],
  ['nyo', ''],
  ['nya', ''],
  ['ku', ''],
  ['mu', ''],
  ['n', ''],
  ['ik', 'it'],
  ['uik', 'ut'],
  ['ek', 'at'],
  ['iah', 'ih'],
  ['uah', 'uh'],
  ['ua', 'ul'],
  ['uang', 'ung'],
  ['iang', 'ing'],
  ['ai', 'i'],
  ['au', 'u'],
  ['e', 'a'],
];
/** Beginnings, the same way; the third says whether a consonant must follow. */
const BEGINNINGS: readonly (readonly [string, string, boolean])[] = [
  ['ma', 'me', false],
  ['ba', 'ber', true],
  ['ba', 'be', false],
  ['ta', 'ter', true],
  ['sa', 'se', false],
  ['ka', 'ke', false],
  ['pa', 'pe', false],
  ['nge', 'me', false],
];

function standardWord(word: string, lexicon: Lexicon): readonly string[] {
  const remembered = lexicon.found.get(word);
  if (remembered !== undefined) return remembered;
  const standard = lookInto(word, lexicon);
  if (lexicon.found.size >= REMEMBERED) lexicon.found.clear();
  lexicon.found.set(word, standard);
  return standard;
}

function lookInto(word: string, lexicon: Lexicon): readonly string[] {
  const direct = look(word, lexicon);
  if (direct !== undefined) return direct;
  if (word.length < 3 || MARK.test(word) || /\d/.test(word)) return [word];
  return bent(word, lexicon) ?? [repaired(word, lexicon) ?? word];
}

function look(word: string, lexicon: Lexicon): readonly string[] | undefined {
  return lexicon.spellings.get(word) ?? (lexicon.known.has(word) ? [word] : undefined);
}

/** Endings and beginnings of Melayu Jambi, Minang and Kerinci, and doubled letters, where the result is known. */
function bent(word: string, lexicon: Lexicon): readonly string[] | undefined {
  const single = DOUBLED.test(word) ? word.replace(/(\p{L})\1/gu, '$1') : word;
  const forms = single === word ? [word] : [single, word];
  for (const form of forms) {
    const found = form === word ? undefined : look(form, lexicon);
    if (found !== undefined) return found;
    for (const [ending, standard] of ENDINGS) {
      if (!form.endsWith(ending)) continue;
      const stem = form.slice(0, -ending.length) + standard;
      if (stem.length < 3) continue;
      const ended = look(stem, lexicon) ?? begun(stem, lexicon);
      if (ended !== undefined) return ended;
    }
    const started = begun(form, lexicon);
    if (started !== undefined) return started;
  }
  return undefined;
}

const DOUBLED = /(\p{L})\1/u;

function begun(word: string, lexicon: Lexicon): readonly string[] | undefined {
  if (word.length < 6) return undefined;
  for (const [beginning, standard, consonant] of BEGINNINGS) {
    if (!word.startsWith(beginning)) continue;
    if (consonant && /[aeiou]/.test(word.charAt(beginning.length))) continue;
    const found = look(standard + word.slice(beginning.length), lexicon);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A subject word that was meant: vowels left out ("pspor"), or one letter wrong in a long word ("imigrsi"). */
function repaired(word: string, lexicon: Lexicon): string | undefined {
  const vowels = word.replace(/[^aeiou]/g, '').length;
  if (word.length >= 3 && vowels * 3 <= word.length + 1) {
    const meant = lexicon.skeletons
      .get(skeleton(word))
      ?.find((known) => known.length > word.length && within(word, known));
    if (meant !== undefined) return meant;
  }
  if (word.length < 5) return undefined;
  const close = (meant: string | undefined): meant is string => meant !== undefined && oneSlip(word, meant);
  const longer = lexicon.deletions.get(word);
  if (close(longer)) return longer;
  if (word.length < 6) return undefined;
  return shortened(word)
    .map((shorter) => lexicon.deletions.get(shorter))
    .find(close);
}

/** Whether two words differ by one letter: another, one more, one less, or two changed round; the first is the same. */
function oneSlip(a: string, b: string): boolean {
  if (a[0] !== b[0] || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

function shortened(word: string): string[] {
  const out: string[] = [];
  for (let i = 1; i < word.length; i++) out.push(word.slice(0, i) + word.slice(i + 1));
  return out;
}

function skeleton(word: string): string {
  return word.replace(/(?<=.)[aeiou]/g, '').replace(/(.)\1+/g, '$1');
}

/** Whether all letters of `short` stand in `long` in their order. */
function within(short: string, long: string): boolean {
  let at = 0;
  for (const letter of long) if (letter === short[at]) at++;
  return at === short.length;
}

// ---------------------------------------------------------------- words by which nobody can be known

/** What may be shown of a text that is kept when its words are not. */
export interface Showable {
  /** Standard words of the vocabulary, without names of people and places nearby. */
  readonly words: ReadonlySet<string>;
  /** Those among them that are people's names as well ("bulan", "amin"): not shown behind a form of address. */
  readonly alsoNames: ReadonlySet<string>;
}

/** Numbers may be spelt out. */
const NUMBER_WORD =
  /^(?:nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|(?:se)?(?:puluh|belas|ratus|ribu|juta)|puluhan|ratusan|ribuan|jutaan|miliar)$/;
/** What a name stands behind. */
const BEFORE_NAME =
  /^(?:pak|bapak|bpk|bu|ibu|buk|mak|bang|abang|kak|kakak|adik|anak|mas|mbak|uni|uda|om|paman|bibi|tante|kakek|nenek|nek|datuk|haji|ustadz|ustadzah|si|nama|bernama|namaku)$/;
/** As much of a text as shows what the bot took it for, in words. */
const MASKED_WORDS = 60;

/**
 * A text as an example that nobody can be known by: words of the vocabulary in standard spelling stay, and the marks of
 * links, phone numbers, money and accounts; every number becomes `#`, every other word `…`.
 * @param words from `normalise`
 */
export function masked(words: readonly string[], lexicon: Lexicon, showable: Showable): string {
  const standard = standardise(words, lexicon).slice(0, MASKED_WORDS);
  return standard
    .map((word, i) => {
      if (MARK.test(word)) return word;
      if (/\d/.test(word) || NUMBER_WORD.test(word)) return '#';
      if (!showable.words.has(word)) return '…';
      return showable.alsoNames.has(word) && BEFORE_NAME.test(standard[i - 1] ?? '') ? '…' : word;
    })
    .join(' ');
}

// ---------------------------------------------------------------- a person's words, shown inside the bot's

/** How long a quote may become. */
export interface QuoteLimit {
  readonly characters: number;
  readonly lines: number;
}
const SHORT_QUOTE: QuoteLimit = { characters: 500, lines: 6 };
/** For whoever asked to read all of it. */
export const LONG_QUOTE: QuoteLimit = { characters: 8_000, lines: 200 };
/** Signs that WhatsApp takes for formatting, and look-alikes that it does not. */
const LOOK_ALIKES: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' };

/**
 * A person's words as a quote that cannot pass for the bot's own: no invisible or direction-turning signs, no
 * formatting, at most 500 characters and 6 lines unless told otherwise (then "…"), each line behind "> ".
 * @param text as typed
 * @returns lines joined by a line break; `> …` when nothing visible was left
 */
export function displayQuote(text: string, most: QuoteLimit = SHORT_QUOTE): string {
  const lines = harmless(text)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
  const shown = lines.slice(0, most.lines);
  const characters = Array.from(shown.join('\n'));
  const cut = lines.length > most.lines || characters.length > most.characters;
  const kept = characters
    .slice(0, most.characters - (cut ? 1 : 0))
    .join('')
    .trimEnd();
  return `${kept}${cut || kept === '' ? '…' : ''}`.replace(/^/gm, '> ');
}

/**
 * One harmless line, for a name.
 * @param text as given
 * @param max most characters kept, "…" included
 * @returns the line; empty when nothing visible was left
 */
export function cleanLine(text: string, max: number): string {
  const line = harmless(text).replace(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  if (characters.length <= max) return line;
  return `${characters
    .slice(0, Math.max(0, max - 1))
    .join('')
    .trimEnd()}…`;
}

function harmless(text: string): string {
  return text
    .replace(LINE_ENDS, '\n')
    .replace(CONTROL, ' ')
    .replace(INVISIBLE, '')
    .replace(/(\p{M}{2})\p{M}+/gu, '$1')
    .replace(/[*_~`]/g, (sign) => LOOK_ALIKES[sign] ?? '');
}
