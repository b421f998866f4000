// Telephone numbers and accounts in a text, and nothing that only looks like one: no price, no date, no age, no hidden digits.

/** Banks and wallets: the name shown -> how people write it. */
export interface Money {
  readonly banks: Readonly<Record<string, readonly string[]>>;
  /** An account there is a telephone number. */
  readonly wallets: Readonly<Record<string, readonly string[]>>;
}

/** So many are kept of a message. */
const MOST = 5;

/** Digits in groups with at most one sign between: "0800-0000-1111", "+62 800 0000 1111". */
const DIGITS = /\+?\d(?:(?! (?:08\d\d|628\d))[ .\u00a0-]?\d|[ -]{2,3}(?=\d{3}))*/g;
/** After them the rest is hidden: "08000000xxxx", "0800 0000 ****". */
const HIDDEN = /^[ .-]*(?:[x*#•_]{2,}|[x*#•_]\d|[x*#•](?![a-z]))/i;
/** WhatsApp's bold and the like around a number hide nothing of it. */
const BOLD = /(?<![\d*_~])([*_~])([\d+][\d .+-]*\d)\1(?![\d*_~])/g;
const INVISIBLE = /\p{Cf}|[\uFE00-\uFE0F]/gu;

/** What holds digits and is no number of anybody; each becomes blanks, so that places stay. */
const NO_NUMBERS: readonly RegExp[] = [
  /https?:\/\/(?!(?:api\.whatsapp|wa\.me))\S+/gi,
  /(?:rp\.?|idr|rm|usd|sgd|\$)\s?\d[\d.,]*/gi,
  /(?<![\d+.-])\d{1,3}(?:[.,]\d{3})+(?![\d-])/g,
  /\d[\d.,]*\s?(?:rb|ribu|jt|juta|miliar|milyar|ringgit|dolar|riyal|rupiah)\b/gi,
  /(?<![\d./-])\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?![\d/-]|\.\d)/g,
  /(?<![\d./-])\d{4}-\d{2}-\d{2}(?![\d-])/g,
  /(?<![\d.-])\d{1,2}[.:]\d{2}(?![\d-]|\.\d)/g,
];

/** Right before bare digits it says that they are an account. */
const ACCOUNT = /\b(?:no\.?\s?rek|norek|rek|rekening|va|virtual account)\b[^\d\n]{0,30}$/i;
/** Right before a mobile number without its 0 it says that it is one. */
const PHONE = /\b(?:hp|wa|whatsapp|telp|tlp|telepon|telpon|nomor|nomer|nmr|no|hubungi|kontak|call)\b[^\d\n]{0,20}$/i;
const SAYS_PHONE = /\b(?:hp|wa|whatsapp|telp|tlp|telepon|telpon|hubungi|call)\b[^\d\n]{0,20}$/i;
/** Between a bank and its number stand no more than so many characters. */
const BESIDE = 40;

const escaped = (form: string) => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s*');

/** The last of these names that stands shortly before, with nothing but words between. */
function nameBefore(before: string, names: Readonly<Record<string, readonly string[]>>): string | undefined {
  const beside = /[^\d\n]*$/.exec(before.slice(-BESIDE))?.[0] ?? '';
  let found: string | undefined;
  let last = -1;
  for (const [name, forms] of Object.entries(names)) {
    const pattern = new RegExp(`(?<![\\p{L}\\d])(?:${forms.map(escaped).join('|')})(?![\\p{L}\\d])`, 'giu');
    for (const match of beside.matchAll(pattern)) {
      if (match.index <= last) continue;
      last = match.index;
      found = name;
    }
  }
  return found;
}

/** A telephone number as people write one, with or without the country; of Indonesia 0 and then no second 0 or 1. */
function isPhone(digits: string, before: string): boolean {
  if (/^\+\d{9,15}$/.test(digits)) return true;
  if (/^0[2-9]\d{7,12}$/.test(digits) || /^62\d{8,12}$/.test(digits)) return true;
  return /^8\d{8,11}$/.test(digits) && PHONE.test(before);
}

function contactAt(digits: string, before: string, money: Money): string | undefined {
  const phone = isPhone(digits, before);
  const wallet = phone ? nameBefore(before, money.wallets) : undefined;
  if (wallet) return `${wallet} ${digits}`;
  if (/^\d{10,18}$/.test(digits)) {
    // Of an account that looks like a telephone number it is said that it is none.
    const bank = phone && SAYS_PHONE.test(before) ? undefined : nameBefore(before, money.banks);
    if (bank) return `${bank} ${digits}`;
    if (!phone && ACCOUNT.test(before)) return digits;
  }
  return phone ? digits : undefined;
}

/** The same number with and without its country is one. */
const sameAs = (contact: string) => contact.replace(/^\+?62(?=\d)/, '0').replace(/^8/, '08');

/**
 * The numbers and accounts in a text, in their order, each once, at most 5.
 * @returns digits, `+` where it was typed, the bank or wallet before them: `0800…`, `BRI 0012…`
 */
export function contactsIn(text: string, money: Money): string[] {
  let plain = text.normalize('NFKC').replace(INVISIBLE, '').replace(/[()]/g, ' ').replace(BOLD, ' $2 ');
  if (!/\d{3}/.test(plain)) return [];
  for (const pattern of NO_NUMBERS) plain = plain.replace(pattern, (found) => ' '.repeat(found.length));
  const found = new Map<string, string>();
  for (const match of plain.matchAll(DIGITS)) {
    const before = plain.slice(0, match.index);
    const after = plain.slice(match.index + match[0].length);
    if (HIDDEN.test(after) || /[x*#•_]$/i.test(before) || /^[\p{L}]/u.test(after)) continue;
    const contact = contactAt(match[0].replace(/[^\d+]/g, ''), before, money);
    if (contact && !found.has(sameAs(contact))) found.set(sameAs(contact), contact);
  }
  return [...found.values()].slice(0, MOST);
}
