// THE DOOR: every event is heard once, read, recalled, decided and recorded, in one transaction.

import { decide } from './core/decide.ts';
import { CODE_LETTERS, type Content, read } from './core/read.ts';
import type { CaseCode, Event, Fresh, Millis, Office } from './core/types.ts';
import { type Log, stackOf } from './log.ts';
import { heard } from './store/catchup.ts';
import type { Database } from './store/database.ts';
import { isKnownIdentity, withKnownAddresses } from './store/identities.ts';
import { isCodeTaken, recall } from './store/recall.ts';
import { dropFailed, failedEvents, record, recordFailure, wasHeard } from './store/record.ts';

export interface Door {
  /**
   * Returns once the event and all that follows from it is on disk.
   * @throws only when it could not even be kept as failed; whoever told it must tell it again
   */
  hear(event: Event): void;
  /** Hears again what could not be decided, once: a newer program may know better. */
  hearFailedAgain(): void;
}

export interface DoorParts {
  readonly db: Database;
  readonly content: Content & { readonly office: Office };
  readonly now: () => Millis;
  /** A number from 0 up to, not with, 1. */
  readonly random: () => number;
  /** A new id, sortable by time. */
  readonly newId: () => string;
  readonly log: Log;
  /** Called after a commit that may have left something to send or to run. */
  readonly committed: () => void;
}

/** A code that no case has yet. */
function freshCode(db: Database, random: () => number): CaseCode {
  for (;;) {
    let code = 'KRC-';
    for (let i = 0; i < 4; i++) code += CODE_LETTERS[Math.floor(random() * CODE_LETTERS.length)];
    if (!isCodeTaken(db, code)) return code as CaseCode;
  }
}

export function openDoor({ db, content, now, random, newId, log, committed }: DoorParts): Door {
  // One id serves all that an event may bring into being: each is in a table of its own.
  const fresh = (): Fresh => {
    const id = newId();
    return { case: id, entry: id, broadcast: id, person: id, chat: id, code: freshCode(db, random) } as Fresh;
  };
  const door: Door = {
    hear(event) {
      try {
        const reading = read(event, content);
        db.transaction(() => {
          const known = withKnownAddresses(db, event);
          if (wasHeard(db, known) || isKnownIdentity(db, known)) return;
          const state = recall(db, known, reading, { now: now(), fresh: fresh(), office: content.office });
          record(db, known, state, decide(known, reading, state));
          heard(db, known, state.now);
        });
      } catch (error) {
        // The message of an error may hold somebody's words; its name does not.
        const name = error instanceof Error ? error.name : 'unknown';
        log.error({ event: event.kind, error: name, at: stackOf(error) }, 'an event could not be decided');
        recordFailure(db, event, name, now());
      }
      committed();
    },
    hearFailedAgain() {
      for (const { id, event } of failedEvents(db)) {
        // Heard first and dropped after: one that fails anew stands there anew, one that is killed here is heard twice.
        door.hear(event);
        dropFailed(db, id);
      }
    },
  };
  return door;
}
