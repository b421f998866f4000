// npm run verdicts: what officers said of messages the bot was not sure of. Read by who edits the vocabulary: Indonesian.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { dayKey } from '../src/core/time.ts';
import type { CaseKind, Verdict } from '../src/core/types.ts';
import { openReadOnly } from '../src/store/database.ts';
import { type KeptVerdict, keptVerdicts } from '../src/store/verdicts.ts';

const ROOT = join(import.meta.dirname, '..');

const KINDS: Readonly<Record<CaseKind, string>> = { report: 'laporan', advert: 'iklan', handover: 'permintaan' };
const VERDICTS: Readonly<Record<Verdict, string>> = { yes: 'benar', no: 'bukan', none: 'tidak dijawab' };

const line = ({ kind, verdict, at, example }: KeptVerdict) =>
  `  ${dayKey(at)}  ${KINDS[kind].padEnd(8)}  ${VERDICTS[verdict].padEnd(13)}  ${example}`;

function print(title: string, file: string): void {
  if (!existsSync(file)) return;
  const db = openReadOnly(file);
  try {
    const verdicts = keptVerdicts(db);
    const count = (verdict: Verdict) => verdicts.filter((one) => one.verdict === verdict).length;
    const counts = (['yes', 'no', 'none'] as const).map((verdict) => `${VERDICTS[verdict]} ${count(verdict)}`);
    console.log(`${title}: ${counts.join(', ')}`);
    for (const verdict of verdicts) console.log(line(verdict));
  } catch {
    console.error(`${title}: data ini belum dikenal program ini. Jalankan bot sekali, lalu ulangi.`);
    process.exitCode = 1;
  } finally {
    db.close();
  }
}

const { dataDir } = readConfig(ROOT, process.env);
const files = { WhatsApp: join(dataDir, 'whatsapp', 'bot.sqlite'), Simulator: join(dataDir, 'bot.sqlite') };
if (!Object.values(files).some((file) => existsSync(file))) console.log('Belum ada data.');
for (const [title, file] of Object.entries(files)) print(title, file);
