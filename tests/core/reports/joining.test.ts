// What a reporter says later: it joins the case, or opens it again.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Case, CaseCode, CaseId, Meaning } from '../../../src/core/types.ts';
import * as words from '../../../src/core/words.ts';
import {
  ANI,
  BUDI,
  CASE,
  command,
  DEWI,
  entry,
  heardBy,
  KOTO_GROUP,
  meaning,
  NOW,
  OFFICERS,
  RATNA,
  said,
  WAWAN,
} from '../scenes.ts';

import { after, CHAT, HERE, heard, kept, opened, REPORT, tells, URGENT } from './scenes.ts';

describe('while a case is open', () => {
  test('what is written joins it, and one who sends ten gets one sentence and nine ticks', () => {
    const first = tells('ada lagi', { means: CHAT, own: CASE });
    assert.deepEqual(heardBy(first, ANI), [words.joined(CASE)]);
    const second = tells('dan lagi', { means: CHAT, own: CASE, state: { said: [said('step', HERE)] } });
    assert.deepEqual(heardBy(second, ANI), []);
    assert.ok(second.some((effect) => effect.do === 'react' && effect.emoji === '✅'));
    assert.match(heard(second, BUDI), /> dan lagi/);
  });

  test('danger told in any other words raises it', () => {
    const effects = tells('dia dipukul terus', { means: meaning('menu', { severity: 'darurat' }), own: CASE });
    assert.equal(after(effects, CASE).severity, 'darurat');
    assert.equal(after(effects, CASE).dueAt, NOW + 5 * 60_000);
    assert.match(heard(effects, ANI), /110/);
  });

  test('lapor baru opens another, with its own code', () => {
    const effects = tells('lapor baru: gaji saya tidak dibayar', {
      own: CASE,
      reading: command('lapor', 'baru: gaji saya tidak dibayar'),
    });
    assert.deepEqual(kept(effects), ['fresh-case: lapor baru: gaji saya tidak dibayar']);
  });

  test('what its reporter reports in the group joins it, and the group reads the fixed sentence', () => {
    const own: Case = { ...CASE, status: 'claimed', claimer: BUDI.id };
    const effects = tells('adik saya disekap', { means: URGENT, where: KOTO_GROUP, own });
    assert.deepEqual(kept(effects), ['case-1: adik saya disekap']);
    assert.deepEqual(heardBy(effects, KOTO_GROUP), [words.invitation]);
    assert.match(heard(effects, BUDI), /> adik saya disekap/);
    assert.deepEqual(heardBy(effects, ANI), []);
  });

  test('a photo sent later joins it', () => {
    const effects = tells('', { means: CHAT, own: CASE, event: { attachments: [{ type: 'photo', ref: 'x' }] } });
    assert.equal(opened(effects), undefined);
    assert.ok(effects.some((effect) => effect.do === 'fetch-media' && effect.case === CASE.id));
  });

  test('the words of another case do not go out under this one', () => {
    const { village: _, ...own } = CASE;
    const other: Case = { ...CASE, id: 'case-2' as CaseId, code: 'KRC-8M3R' as CaseCode, restriction: 'head' };
    const effects = tells('saya dari hiang sakti', {
      own,
      state: { case: other, entries: [entry(other, 'Dewi minta uang'), entry(own, 'isi lama')] },
    });
    assert.doesNotMatch(heard(effects, DEWI), /minta uang/);
  });
});

describe('a reply to what was said of a closed case', () => {
  const closed: Case = { ...CASE, status: 'closed', claimer: BUDI.id, closedAt: NOW - 60_000 };
  const { dueAt: _, ...done } = closed;
  const replies = (text: string, means: Meaning, of: Case = done, quote: 'step' | 'relay' = 'step') =>
    tells(text, {
      means,
      event: { quote: 'said-step' as never },
      state: { case: of, quoted: said(quote, HERE, { case: of.id }), entries: [entry(of, 'isi lama')] },
    });

  test('opens it again: nobody has it, it climbs, the office and the reporter hear', () => {
    const effects = replies('belum selesai pak', CHAT);
    const next = after(effects, done);
    assert.equal(next.status, 'open');
    assert.equal(next.claimer, undefined);
    assert.equal(next.rung, 0);
    assert.ok(next.dueAt);
    assert.match(heard(effects, OFFICERS), /Dibuka lagi/);
    assert.match(heard(effects, ANI), /kami buka lagi/);
    assert.match(heard(effects, BUDI), /> isi lama.*> belum selesai pak/s);
  });

  test('that tells of danger makes it urgent', () => {
    const effects = replies('dia disekap lagi', URGENT);
    assert.equal(after(effects, done).severity, 'darurat');
    assert.equal(after(effects, done).dueAt, NOW + 5 * 60_000);
    assert.match(heard(effects, ANI), /110/);
  });

  test('that names who had it goes to the head alone', () => {
    const effects = replies('ternyata Budi yang minta uang', REPORT);
    assert.equal(after(effects, done).restriction, 'head');
    assert.deepEqual(heardBy(effects, BUDI), []);
    assert.deepEqual(heardBy(effects, OFFICERS), []);
    assert.match(heard(effects, RATNA), /ternyata Budi/);
  });

  test('that only thanks opens nothing and rings nobody', () => {
    const effects = replies('makasih banyak pak 🙏', CHAT);
    assert.equal(after(effects, done).status, 'closed');
    assert.deepEqual(heardBy(effects, OFFICERS), []);
  });

  test('of a withdrawn one opens nothing: that phone is told no more of it', () => {
    const of: Case = { ...done, withdrawnAt: NOW - 120_000 };
    const effects = replies('tolong', CHAT, of);
    assert.equal(after(effects, of).status, 'closed');
    assert.doesNotMatch(heard(effects, ANI), /KRC-7K2Q/);
  });

  test('by somebody else opens nothing', () => {
    assert.equal(after(replies('x', CHAT, { ...done, reporter: WAWAN.id }), done).status, 'closed');
  });
});
