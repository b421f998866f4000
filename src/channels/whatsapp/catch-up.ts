// What happened while the bot was away: looked for at every `ready`, oldest first, each thing once.

import type { Address, MessageId, Millis } from '../../core/types.ts';
import { addressOf, isHeard, jidOf, type RawMessage } from './convert.ts';
import type { Hands } from './hands.ts';
import { type Intake, inMillis } from './intake.ts';
import type { People } from './people.ts';

/** What the house remembers, as far as the channel must know it. */
export interface Memory {
  /** Since when messages are the bot's to hear: marks it at the first call, and tells it from then on. */
  linkedSince(): Millis;
  /** When the newest message heard in each chat was written. */
  heardMarks(): ReadonlyMap<Address, Millis>;
  /** The groups that it believes the bot to be in. */
  groups(): readonly Address[];
  /** Numbers of the office's own people. */
  staff(): readonly Address[];
  /** The bot's messages that wait for an officer's reaction: one given meanwhile is never told. */
  unclaimed(): readonly { readonly message: MessageId; readonly chat: Address }[];
}

/** Heard once more than needed rather than not at all: clocks differ, and the mark moves once a minute. */
const OVERLAP: Millis = 10 * 60_000;
/** At most so many messages of one chat; a village writes a few hundred a day. */
const MOST = 2_000;

interface CatchUpParts {
  readonly hands: Hands;
  readonly intake: Intake;
  readonly people: People;
  readonly memory: Memory;
  /** How far each chat had been heard when the bot went away; what is heard meanwhile moves it no further. */
  readonly marks: ReadonlyMap<Address, Millis>;
  readonly limit: Millis;
}

/** Tells where the bot stands in its groups: it may have been let in or sent away meanwhile. */
async function groupsAgain({ hands, intake, memory, limit }: CatchUpParts): Promise<void> {
  const places = await hands.call('groups', undefined, limit);
  for (const place of places) intake.hearPlace(place);
  const there = new Set(places.map(({ id }) => addressOf(id)));
  for (const chat of memory.groups())
    if (!there.has(chat)) intake.hearPlace({ id: jidOf(chat), inside: false, closed: false });
}

async function messagesAgain({ hands, intake, people, memory, marks, limit }: CatchUpParts): Promise<void> {
  // Messages carry full seconds: one of the same second is not older.
  const linked = Math.floor(memory.linkedSince() / 1000) * 1000;
  const since = (chat: string) => {
    // A private chat may have been heard under the number and stand here under the LID.
    const known = people.idsOf(addressOf(chat)).map((id) => marks.get(addressOf(id)) ?? Number.NEGATIVE_INFINITY);
    const mark = Math.max(...known);
    return Math.max(linked, mark - OVERLAP);
  };
  const chats = await hands.call('chatsWithNews', { since: {}, other: linked }, limit);
  const found: RawMessage[] = [];
  let failed: unknown;
  for (const chat of chats) {
    try {
      const raw = await hands.call('history', { chat, since: since(chat), most: MOST }, limit);
      found.push(...raw.filter((message) => message.type === 'revoked' || isHeard(message)));
    } catch (error) {
      // One chat that cannot be read keeps nobody else waiting.
      failed = error;
    }
  }
  found.sort((one, other) => (one.t ?? 0) - (other.t ?? 0));
  for (const raw of found) {
    if (raw.type === 'revoked') intake.hearRevoked(raw);
    else {
      await intake.hearMessage(raw);
      // Changed after it was written: whoever heard the first text hears the second.
      if (raw.latestEditSenderTimestampMs !== undefined && raw.latestEditSenderTimestampMs >= linked)
        await intake.hearEdit(raw);
    }
  }
  if (failed !== undefined) throw failed;
}

async function reactionsAgain({ hands, intake, people, memory, limit }: CatchUpParts): Promise<void> {
  for (const { message, chat } of memory.unclaimed()) {
    const reactions = await hands
      .call('reactionsOn', { chats: people.idsOf(chat), id: message }, limit)
      .catch(() => []);
    for (const { from, emoji, at } of reactions) {
      await intake.hearReaction({ message, chat: jidOf(chat), from, emoji, at: inMillis(at) });
    }
  }
}

/**
 * Looks for all that was missed. Runs inside the line of the intake, so that what comes meanwhile waits behind it.
 * @throws where the page did not answer: to be done again
 */
export async function catchUp(parts: CatchUpParts): Promise<void> {
  // Each is tried though another failed; what failed is told at the end.
  const done = [];
  for (const again of [groupsAgain, messagesAgain, reactionsAgain])
    done.push(await again(parts).catch((error) => ({ error })));
  const failed = done.find((one) => one !== undefined);
  if (failed) throw failed.error;
}
