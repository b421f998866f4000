// Settings: read once, from the environment and `.env`; all faults are named together.

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';

const number = (least: number, most: number) =>
  z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(least, `must be ${least} or more`)
    .max(most, `must be ${most} or less`);

const phone = z
  .string()
  .regex(/^\d{8,15}$/, 'must be a phone number with its country code and digits alone, such as 628…');

/** How long is waited for what, in seconds, and what each wait is for. `WAITS` changes them one by one. */
export const WAITS = {
  /** The page of WhatsApp to open, from the start of the browser on (seen: 1-2 s; a slow machine needs a minute). */
  start: 120,
  /** The page to say by itself that it has synced, before it is asked. */
  sync: 25,
  /** The channel to become ready once the phone is linked. */
  ready: 90,
  /** Between two looks at whether the page still answers. */
  watch: 60,
  /** One call to the page, to send or to look something up (reliability measurements: 35 s). */
  call: 35,
  /** The page to answer whether it is connected. */
  answer: 10,
  /** A connection that is being opened to open. */
  opening: 150,
  /** Silence after which the network itself is asked whether it still hears us. */
  silence: 900,
  /** Before the first restart; each further wait is three times as long, up to `most`. */
  restart: 2,
  most: 300,
  /** An outage to be told by e-mail. */
  alarm: 900,
  /** An ack, before a message is looked up. */
  ack: 60,
  /** Before a message that was not taken is tried again; from the fourth try on sixty times as long. */
  again: 5,
  /** Between two pairing codes; WhatsApp refuses who asks often. */
  pairing: 180,
} as const;
export type Wait = keyof typeof WAITS;

const waits = z.string().transform((text, context): Record<Wait, number> => {
  const changed: Partial<Record<Wait, number>> = {};
  for (const part of text.split(/[\s,]+/).filter((word) => word !== '')) {
    const [name = '', value = ''] = part.split('=');
    if (!Object.hasOwn(WAITS, name)) context.addIssue(`there is no wait called ${name}`);
    else if (!/^\d+(\.\d+)?$/.test(value)) context.addIssue(`${name} must be a number of seconds, such as ${name}=5`);
    else changed[name as Wait] = Number(value);
  }
  return { ...WAITS, ...changed };
});

/** The repairs that keep the library working on newer builds of WhatsApp's page; each may be switched off. */
export const REPAIRS = ['message-keys', 'media-download', 'media-send', 'synced-already', 'stale-qr'] as const;
export type Repair = (typeof REPAIRS)[number];

const repairs = z.string().transform((text, context): Repair[] => {
  const names = text.split(/[\s,]+/).filter((word) => word !== '');
  for (const name of names)
    if (!REPAIRS.includes(name as Repair)) context.addIssue(`there is no repair called ${name}`);
  return names as Repair[];
});

const mails = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((word) => word !== ''))
  .pipe(z.array(z.email('must be e-mail addresses, separated by commas')));

const schema = z.object({
  PORT: number(1, 65_535).default(8080),
  DATA_DIR: z.string().min(1, 'must not be empty').optional(),
  ADMIN_NUMBER: phone.optional(),
  SIMULATOR_NOW: z.iso
    .datetime({ offset: true, error: 'must be a time such as 2026-11-23T08:00:00+07:00' })
    .transform((text) => Date.parse(text))
    .optional(),
  PACING: z.enum(['on', 'off'], { error: 'must be on or off' }).optional(),
  PACING_PER_CHAT: number(1, 60).default(6),
  PACING_PER_HOUR: number(1, 1_000).default(200),
  CHROMIUM: z.string().optional(),
  CHROMIUM_FLAGS: z
    .string()
    .default('')
    .transform((text) => text.split(/\n|\s+(?=--)/).map((flag) => flag.trim()))
    .transform((flags) => flags.filter((flag) => flag !== '')),
  WAITS: waits.prefault(''),
  REPAIRS_OFF: repairs.prefault(''),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be an address such as smtps://user:password@mail.example.org' })
    .optional(),
  MAIL_FROM: z.email('must be an e-mail address').optional(),
  MAIL_TO: mails.prefault(''),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'must be debug, info, warn, error or silent' })
    .default('info'),
});

export type SettingName = keyof typeof schema.shape;

export interface Config {
  /** The port of the office's pages; they are served to this machine alone. */
  readonly port: number;
  /** Database, media, and the office's own content. */
  readonly dataDir: string;
  readonly adminNumber: string | undefined;
  /** What the simulator's clock shows at its start, in UTC milliseconds. */
  readonly simulatorNow: number | undefined;
  readonly pacing: boolean | undefined;
  /** At most so many messages a minute in one chat, and an hour overall; alerts are not held back by either. */
  readonly pacingPerChat: number;
  readonly pacingPerHour: number;
  /** The browser, where it is not found by itself, and what else it is started with. */
  readonly chromium: string | undefined;
  readonly chromiumFlags: readonly string[];
  /** In milliseconds. */
  readonly waits: Readonly<Record<Wait, number>>;
  readonly repairsOff: readonly Repair[];
  /** How e-mails go out when WhatsApp itself is away; undefined where the office has set none. */
  readonly mail: { readonly url: string; readonly from: string; readonly to: readonly string[] } | undefined;
  readonly logLevel: string;
}

export class ConfigError extends Error {}

/** Where a setting stands, for a fault: the line of `.env`, or the environment. */
function place(name: string, file: string, lines: readonly string[], environment: NodeJS.ProcessEnv): string {
  const line = lines.findIndex((text) => new RegExp(`^\\s*(export\\s+)?${name}\\s*=`).test(text));
  return environment[name] === undefined && line >= 0 ? `${file}:${line + 1}` : 'environment';
}

/**
 * Reads the settings. The environment rules over `.env`; an empty value counts as not set.
 * @param root the project's folder, where `.env` may stand
 * @throws ConfigError naming every fault with its place, a line each
 */
export function readConfig(root: string, environment: NodeJS.ProcessEnv): Config {
  const file = join(root, '.env');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const lines = text.split('\n');
  // Node takes the next line for the value of a setting that has nothing but a blank behind its sign.
  const given: Record<string, string | undefined> = { ...parseEnv(text.replace(/[ \t]+$/gm, '')) };
  const faults: string[] = [];
  for (const name of Object.keys(given)) {
    if (!(name in schema.shape))
      faults.push(`${place(name, '.env', lines, {})}: ${name}: there is no such setting (see .env.example)`);
  }
  for (const name of Object.keys(schema.shape)) {
    const value = environment[name] ?? given[name];
    given[name] = value?.trim() === '' ? undefined : value?.trim();
  }
  const checked = schema.safeParse(given);
  if (!checked.success) {
    for (const issue of checked.error.issues) {
      const name = String(issue.path[0]);
      faults.push(`${place(name, '.env', lines, environment)}: ${name}: ${issue.message}`);
    }
  }
  if (checked.success) {
    const { SMTP_URL, MAIL_FROM, MAIL_TO } = checked.data;
    const some = SMTP_URL !== undefined || MAIL_FROM !== undefined || MAIL_TO.length > 0;
    if (some && !(SMTP_URL && MAIL_FROM && MAIL_TO.length > 0))
      faults.push(`${place('SMTP_URL', '.env', lines, environment)}: SMTP_URL, MAIL_FROM and MAIL_TO go together`);
  }
  if (faults.length > 0 || !checked.success) throw new ConfigError(faults.join('\n'));
  const settings = checked.data;
  const { SMTP_URL: url, MAIL_FROM: from, MAIL_TO: to } = settings;
  return {
    port: settings.PORT,
    dataDir: resolve(root, settings.DATA_DIR ?? join('data', 'local')),
    adminNumber: settings.ADMIN_NUMBER,
    simulatorNow: settings.SIMULATOR_NOW,
    pacing: settings.PACING === undefined ? undefined : settings.PACING === 'on',
    pacingPerChat: settings.PACING_PER_CHAT,
    pacingPerHour: settings.PACING_PER_HOUR,
    chromium: settings.CHROMIUM,
    chromiumFlags: settings.CHROMIUM_FLAGS,
    waits: Object.fromEntries(
      Object.entries(settings.WAITS).map(([name, seconds]) => [name, seconds * 1_000]),
    ) as Record<Wait, number>,
    repairsOff: settings.REPAIRS_OFF,
    mail: url && from ? { url, from, to } : undefined,
    logLevel: settings.LOG_LEVEL,
  };
}
