// Plays a story: a chat as anyone can read it, against the door and a database, with the clock in hand.
//
//   == 2026-11-23                                   the day
//   08:00 Ani @ private: paspor adik saya ditahan   somebody writes; a chat is private, a village's id, or officers
//   08:01 Ani @ koto-dua-baru to bot: halo          … mentioning the bot
//   08:02 Budi @ officers re "DARURAT": ambil       … replying to the newest message there that holds this
//   08:03 Budi @ officers reacts 👍 re "DARURAT"    reacts to it
//   08:04 Ani @ private sends voice                 sends something without words
//   08:05 hiang-sakti is left                      the bot was taken out of a group; or joined, closed, opened
//   08:06 invitation leads to "Arisan", 123         what an errand found behind the newest invitation; then
//   08:07 invitation is joined                      what became of it; or waiting, refused
//   08:05 Ani @ private came at 06:00: halo         … written at six, while the bot was away
//   08:06 Ani @ private edits "paspor": paspor saya changes the newest message there of hers that holds this
//   08:07 Ani @ private deletes "paspor"            deletes it for everyone
//   08:08 hidden Ani @ private: halo                … under the address that hides her number, wherever a name stands
//   08:09 the number of Ani shows                   from now on it is known whose that address is
//   08:10 files arrive                              the content of what was sent is fetched
//   08:20 passes                                    time passes, each due instant is visited
//   > Ani @ private: Laporan diterima ... 110       the bot said this there; "..." stands for anything
//   > Budi @ officers: ✅ re "balas"                the bot reacted to a message there that holds this
//   ! Ani @ private: Budi                           nothing the bot said there since the story began holds this
//
// KRC-.... stands for the newest case's code. What the bot says beyond what the story tells fails it, as does less.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { MINUTE, moment } from '../../src/core/time.ts';
import type { Address, CaseId, EntryId, Event, GroupEvent, InviteEvent, MessageId } from '../../src/core/types.ts';
import { openDoor } from '../../src/handle.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { acked, claim, nextSend } from '../../src/store/outbox.ts';
import { nextDue } from '../../src/store/recall.ts';
import { seedDailies, seedGroups, seedStaff } from '../../src/store/seed.ts';
import type { SHIPPED } from '../content/taught.ts';

type Taught = typeof SHIPPED;

interface Line {
  readonly id: string;
  readonly chat: string;
  readonly from: string;
  readonly text: string;
  /** The bot's reaction to it is told as a line of its own. */
  readonly reactionTo?: string;
}

const STEP = /^(\d\d):(\d\d) (.+)$/;
const GROUP = /^(\S+) is (joined|left|closed|opened)$/;
const FOUND = /^invitation leads to "([^"]*)"(?:, (\d+))?$/;
const USED = /^invitation is (joined|waiting|refused)$/;
const WHO = '((?:hidden )?\\S+)';
const WRITES = new RegExp(`^${WHO} @ (\\S+)( to bot)?(?: re "([^"]*)")?(?: came at (\\d\\d):(\\d\\d))?: ?(.*)$`);
const EDITS = new RegExp(`^${WHO} @ (\\S+) edits "([^"]*)": ?(.*)$`);
const DELETES = new RegExp(`^${WHO} @ (\\S+) deletes "([^"]*)"$`);
const REACTS = new RegExp(`^${WHO} @ (\\S+) reacts (\\S+) re "([^"]*)"$`);
const SENDS = new RegExp(`^${WHO} @ (\\S+) sends (photo|voice|video|document|sticker|contact|place)$`);
const SHOWS = /^the number of (\S+) shows$/;
const SAYS = new RegExp(`^> (?:${WHO} @ )?(\\S+): (.*)$`);
const NEVER = new RegExp(`^! (?:${WHO} @ )?(\\S+): (.*)$`);
const DAY = /^== (\d{4})-(\d\d)-(\d\d)$/;

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `a ... b` as a pattern over the whole text; line ends count as blanks. */
function pattern(told: string): RegExp {
  const parts = told.split('KRC-....').map((part) =>
    part
      .split('...')
      .map((piece) => literal(piece.trim()))
      .join('.*'),
  );
  return new RegExp(`^\\s*${parts.join('\\s*KRC-[2-9A-Z]{4}\\s*')}\\s*$`, 's');
}

const flat = (text: string) => text.replace(/\s+/g, ' ').trim();

export class Teller {
  private readonly db: Database;
  private readonly content: Taught;
  private readonly hear: (event: Event) => void;
  private readonly log: Line[] = [];
  private unread: Line[] = [];
  private now = moment(2026, 11, 23, 0);
  private day: readonly [number, number, number] = [2026, 11, 23];
  private count = 0;
  private seed = 7;

  /** `dailies`: the sign of life and what else comes each day, too. */
  constructor(
    content: Taught,
    options: { inactive?: readonly string[]; untied?: readonly string[]; dailies?: boolean } = {},
  ) {
    this.content = content;
    this.db = openDatabase(':memory:');
    const newId = () => `id-${String(++this.count).padStart(6, '0')}`;
    seedStaff(
      this.db,
      content.simulator.people
        .filter((person) => person.role !== 'villager')
        .map(({ number, ...person }) => ({
          ...person,
          address: number as Address,
          active: !options.inactive?.includes(person.id),
        })),
      newId,
    );
    seedGroups(
      this.db,
      content.simulator.groups
        .filter((group) => !options.untied?.includes(group.id))
        .map(({ id, ...group }) => ({ ...group, address: id as Address })),
      newId,
    );
    if (options.dailies) seedDailies(this.db, this.now);
    const failed: string[] = [];
    const door = openDoor({
      db: this.db,
      content,
      now: () => this.now,
      // A small generator with a fixed start: codes differ from each other and not from run to run.
      random: () => {
        this.seed = (this.seed * 16_807) % 2_147_483_647;
        return this.seed / 2_147_483_647;
      },
      newId,
      log: { info: () => {}, warn: () => {}, error: (fields) => failed.push(JSON.stringify(fields)) },
      committed: () => {},
    });
    this.hear = (event) => {
      door.hear(event);
      assert.deepEqual(failed, [], 'the event failed inside the door');
      this.drain();
    };
  }

  /** Who is called so; somebody hidden comes under an address that is no number. */
  private person(name: string) {
    const id = name.replace(/^hidden /, '').toLowerCase();
    const found = this.content.simulator.people.find((person) => person.id === id);
    assert.ok(found, `nobody is called ${name}`);
    return name.startsWith('hidden ') ? { ...found, number: `9${found.number}@lid` } : found;
  }

  private chatAddress(name: string, person?: string): string {
    if (name === 'private') return this.person(person ?? '').number;
    if (name === 'officers') return this.content.simulator.groups.find((group) => group.officers)?.id ?? '';
    return this.content.simulator.groups.find((group) => group.village === name)?.id ?? name;
  }

  /** Hands over everything due as a channel without trouble would. */
  private drain(): void {
    for (;;) {
      const row = claim(this.db, this.now, this.now + MINUTE);
      if (!row) return;
      acked(this.db, row.message, row.kind === 'text' ? 2 : 1, this.now);
      const line: Line = {
        id: row.message,
        chat: row.address,
        from: 'bot',
        text: row.body,
        ...(row.target && { reactionTo: row.target }),
      };
      this.log.push(line);
      this.unread.push(line);
    }
  }

  private newest(chat: string, part: string, from?: string): string {
    const found = this.log.findLast(
      (line) =>
        line.chat === chat &&
        !line.reactionTo &&
        (from === undefined || line.from === from) &&
        line.text.includes(part),
    );
    assert.ok(found, `no message in ${chat} holds "${part}"`);
    return found.id;
  }

  private withCode(text: string): string {
    if (!text.includes('KRC-....')) return text;
    const row = this.db.get<{ code: string }>('SELECT code FROM cases ORDER BY opened_at DESC, id DESC LIMIT 1');
    assert.ok(row, 'there is no case yet');
    return text.replaceAll('KRC-....', row.code);
  }

  private moveTo(at: number): void {
    assert.ok(at >= this.now, 'a story goes forward');
    for (;;) {
      const due = Math.min(nextDue(this.db) ?? Infinity, nextSend(this.db) ?? Infinity);
      if (due > at) break;
      this.now = Math.max(this.now, due);
      this.hear({ kind: 'tick', at: this.now });
    }
    this.now = at;
  }

  private write(
    from: string,
    chat: string,
    text: string,
    extra: { toBot?: boolean; quote?: string; sends?: string; edits?: string; at?: number },
  ): void {
    const person = this.person(from);
    const address = this.chatAddress(chat, from);
    const group = chat !== 'private';
    const id = `said-${++this.count}`;
    // A change takes the place of what was written before.
    if (extra.edits)
      this.log.splice(
        this.log.findIndex((line) => line.id === extra.edits),
        1,
      );
    this.log.push({ id: extra.edits ?? id, chat: address, from, text });
    this.hear({
      kind: 'message',
      id: id as MessageId,
      chat: address as Address,
      chatKind: group ? 'group' : 'private',
      ...(group && { chatName: this.content.simulator.groups.find((g) => g.id === address)?.name ?? address }),
      from: person.number as Address,
      name: person.name,
      text,
      at: extra.at ?? this.now,
      ...(extra.edits && { edits: extra.edits as MessageId }),
      ...(extra.quote && { quote: extra.quote as MessageId }),
      mentionsBot: extra.toBot ?? false,
      attachments: extra.sends ? [{ type: extra.sends as 'voice', ref: id }] : [],
      ...(!group && { sharedGroups: person.groups as unknown as Address[] }),
    });
  }

  private changeGroup(chat: string, change: GroupEvent['change']): void {
    const address = this.chatAddress(chat);
    const chatName = this.content.simulator.groups.find((group) => group.id === address)?.name ?? address;
    this.hear({ kind: 'group', chat: address as Address, chatName, change, at: this.now });
  }

  /** The newest errand of an invitation comes back. */
  private invitationBack(
    doing: 'look-at-invite' | 'use-invite',
    more: Pick<InviteEvent, 'result' | 'name' | 'size'>,
  ): void {
    const row = this.db.get<{ id: number; details: string }>(
      'SELECT id, details FROM errands WHERE kind = ? ORDER BY id DESC LIMIT 1',
      doing,
    );
    assert.ok(row, `there is no errand to ${doing}`);
    this.db.run('DELETE FROM errands WHERE id = ?', row.id);
    this.hear({ kind: 'invite', ...JSON.parse(row.details), ...more, at: this.now });
  }

  /** What nobody writes: true where the step tells of a group or an invitation. */
  private happens(what: string): boolean {
    const group = GROUP.exec(what);
    const found = FOUND.exec(what);
    const used = USED.exec(what);
    if (group) this.changeGroup(group[1] ?? '', group[2] as GroupEvent['change']);
    if (found) {
      const size = found[2] ? { size: Number(found[2]) } : {};
      this.invitationBack('look-at-invite', { result: 'found', name: found[1] ?? '', ...size });
    }
    if (used) this.invitationBack('use-invite', { result: used[1] as InviteEvent['result'] });
    return Boolean(group ?? found ?? used);
  }

  /** Everything that was to be fetched comes, as it would from a channel without trouble. */
  private fetchFiles(): void {
    const waiting = this.db.all<{ id: number; case_id: string; entry: string; attachment: string }>(
      "SELECT id, case_id, entry, attachment FROM errands WHERE kind = 'fetch-media' ORDER BY id",
    );
    for (const { id, case_id, entry, attachment } of waiting) {
      this.db.run('DELETE FROM errands WHERE id = ?', id);
      this.hear({
        kind: 'media-arrived',
        case: case_id as CaseId,
        entry: entry as EntryId,
        file: `${entry}-${id}`,
        attachment: JSON.parse(attachment),
        at: this.now,
      });
    }
  }

  private act(what: string): void {
    if (what === 'passes' || this.happens(what)) return;
    const reacts = REACTS.exec(what);
    if (reacts) {
      const [, from = '', chat = '', emoji = '', part = ''] = reacts;
      const address = this.chatAddress(chat, from);
      this.hear({
        kind: 'reaction',
        message: this.newest(address, part) as MessageId,
        chat: address as Address,
        chatKind: chat === 'private' ? 'private' : 'group',
        from: this.person(from).number as Address,
        emoji,
        at: this.now,
      });
      return;
    }
    const sends = SENDS.exec(what);
    if (sends) {
      this.write(sends[1] ?? '', sends[2] ?? '', '', { sends: sends[3] ?? '' });
      return;
    }
    const shows = SHOWS.exec(what);
    if (shows) {
      const lid = this.person(`hidden ${shows[1]}`).number as Address;
      this.hear({ kind: 'identity', lid, phone: this.person(shows[1] ?? '').number as Address, at: this.now });
      return;
    }
    if (what === 'files arrive') {
      this.fetchFiles();
      return;
    }
    const edits = EDITS.exec(what);
    if (edits) {
      const [, from = '', chat = '', part = '', text = ''] = edits;
      this.write(from, chat, text, { edits: this.newest(this.chatAddress(chat, from), part, from) });
      return;
    }
    const deletes = DELETES.exec(what);
    if (deletes) {
      const [, from = '', chat = '', part = ''] = deletes;
      const address = this.chatAddress(chat, from);
      this.hear({
        kind: 'revoked',
        message: this.newest(address, part, from) as MessageId,
        chat: address as Address,
        chatKind: chat === 'private' ? 'private' : 'group',
        at: this.now,
      });
      return;
    }
    const writes = WRITES.exec(what);
    assert.ok(writes, `cannot be played: ${what}`);
    const [, from = '', chat = '', toBot, part, hour, minute, text = ''] = writes;
    this.write(from, chat, this.withCode(text).replaceAll('\\n', '\n'), {
      ...(toBot && { toBot: true }),
      ...(hour && { at: moment(...this.day, Number(hour) * 60 + Number(minute)) }),
      ...(part && { quote: this.newest(this.chatAddress(chat, from), this.withCode(part)) }),
    });
  }

  private expectSaid(chat: string, told: string): void {
    const reaction = /^(\S+) re "([^"]*)"$/.exec(told);
    const wanted = pattern(this.withCode(told));
    const at = this.unread.findIndex((line) => {
      if (line.chat !== chat) return false;
      if (!reaction) return !line.reactionTo && wanted.test(flat(line.text));
      const target = this.log.find((other) => other.id === line.reactionTo);
      return line.text === reaction[1] && target?.text.includes(this.withCode(reaction[2] ?? ''));
    });
    assert.ok(at >= 0, `the bot did not say in ${chat}: ${told}\nit said:\n${this.shown(this.unread)}`);
    this.unread.splice(at, 1);
  }

  private shown(lines: readonly Line[]): string {
    const name = (chat: string) => this.content.simulator.people.find((person) => person.number === chat)?.name ?? chat;
    return (
      lines.map((line) => `  ${name(line.chat)}: ${line.reactionTo ? 'reaction ' : ''}${flat(line.text)}`).join('\n') ||
      '  nothing'
    );
  }

  private nothingMore(): void {
    assert.equal(this.unread.length, 0, `the bot said more than the story tells:\n${this.shown(this.unread)}`);
  }

  private line(text: string): void {
    const day = DAY.exec(text);
    const step = STEP.exec(text);
    const says = SAYS.exec(text);
    const never = NEVER.exec(text);
    if (day) {
      this.day = [Number(day[1]), Number(day[2]), Number(day[3])];
    } else if (step) {
      this.nothingMore();
      this.moveTo(moment(...this.day, Number(step[1]) * 60 + Number(step[2])));
      if (step[3] !== 'passes') this.nothingMore();
      this.act(step[3] ?? '');
    } else if (says) {
      this.expectSaid(this.chatAddress(says[2] ?? '', says[1]), says[3] ?? '');
    } else if (never) {
      const chat = this.chatAddress(never[2] ?? '', never[1]);
      const said = this.log.filter(
        (line) => line.from === 'bot' && line.chat === chat && line.text.includes(never[3] ?? ''),
      );
      assert.deepEqual(
        said.map((line) => line.text),
        [],
        `the bot was never to say in ${chat}: ${never[3]}`,
      );
    } else assert.fail(`cannot be read: ${text}`);
  }

  /** Plays every line; the first that does not hold fails with its number. */
  tell(file: string): void {
    readFileSync(file, 'utf8')
      .split('\n')
      .forEach((text, i) => {
        if (text.trim() === '' || text.startsWith('#')) return;
        try {
          this.line(text.trim());
        } catch (error) {
          throw new Error(`${file}:${i + 1}: ${(error as Error).message}`);
        }
      });
    this.nothingMore();
  }
}
