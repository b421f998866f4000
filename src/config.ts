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

const schema = z.object({
  PORT: number(1, 65_535).default(8080),
  DATA_DIR: z.string().min(1, 'must not be empty').optional(),
  ADMIN_NUMBER: phone.optional(),
  SIMULATOR_NOW: z.iso
    .datetime({ offset: true, error: 'must be a time such as 2026-11-23T08:00:00+07:00' })
    .transform((text) => Date.parse(text))
    .optional(),
  PACING: z.enum(['on', 'off'], { error: 'must be on or off' }).optional(),
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
  if (faults.length > 0 || !checked.success) throw new ConfigError(faults.join('\n'));
  const settings = checked.data;
  return {
    port: settings.PORT,
    dataDir: resolve(root, settings.DATA_DIR ?? join('data', 'local')),
    adminNumber: settings.ADMIN_NUMBER,
    simulatorNow: settings.SIMULATOR_NOW,
    pacing: settings.PACING === undefined ? undefined : settings.PACING === 'on',
    logLevel: settings.LOG_LEVEL,
  };
}
