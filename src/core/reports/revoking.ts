// The rule for a report whose message was deleted for everyone.

import { journal, tell } from '../saying.ts';
import type { Case, Effect, Entry, RevokedEvent, Rule, State } from '../types.ts';
import * as words from '../words.ts';
import { forgetDoubt, isDoubt } from './doubting.ts';
import { filesOf, quoted, tellFile, toldIn } from './telling.ts';
import { keepForHead, staysForHead } from './withdrawing.ts';

/**
 * What becomes of the words. `evidence`: they stay as they are; `for-head`: they stay for who may read a withdrawn case;
 * `gone`: they are taken away.
 */
type Fate = 'evidence' | 'for-head' | 'gone';

function fateOf(event: RevokedEvent, theCase: Case): Fate {
  // Who posts an advert and deletes it is no reporter.
  if (theCase.kind === 'advert') return 'evidence';
  if (staysForHead(theCase)) return 'for-head';
  // An admin of the group deletes as well, and may be the very official whom the report names.
  return event.chatKind === 'group' && theCase.restriction !== 'none' ? 'evidence' : 'gone';
}

/** The message as it was first written, and each change of it. */
const entriesOf = (state: State, entry: Entry, theCase: Case) =>
  toldIn(state, theCase).filter((other) => other.id === entry.id || other.message === entry.message);

export const revoke: Rule = (event, _reading, state) => {
  if (event.kind !== 'revoked') return undefined;
  const { entry, case: theCase } = state;
  if (!entry || !theCase || entry.revokedAt !== undefined) return [];
  if (isDoubt(theCase)) return theCase.status === 'doubtful' ? forgetDoubt(theCase, state) : [];
  const fate = fateOf(event, theCase);
  const deleted = entriesOf(state, entry, theCase);
  const rest = toldIn(state, theCase).filter((other) => !deleted.includes(other) && other.revokedAt === undefined);
  const marked: Effect[] =
    fate === 'evidence'
      ? []
      : deleted.map(({ id }) => ({ do: 'revoke-entry', entry: id, keepWords: fate === 'for-head' }));
  const noted = journal(`message-deleted:${fate}`, theCase);
  // Closed, or taken back already: there is nobody to be told anything.
  if (theCase.status === 'closed' || theCase.withdrawnAt !== undefined) return [...marked, noted];
  const step = `deleted:${entry.id}`;
  if (fate === 'for-head' && rest.length === 0) return [...marked, ...keepForHead(theCase, state, step), noted];
  const told = tell(
    theCase.claimer === undefined || fate === 'evidence' ? 'officers' : 'claimer',
    theCase,
    'step',
    step,
    words.messageDeleted(theCase, fate === 'gone' && rest.length === 0, fate === 'evidence'),
  );
  return [...marked, told, ...(fate === 'for-head' ? tellHead(state, theCase, step, deleted) : []), noted];
};

/** Once what a reporter deleted is the head's alone to read, the head is told it. */
function tellHead(state: State, theCase: Case, step: string, deleted: readonly Entry[]): Effect[] {
  const quote = deleted.map((entry) => quoted(entry)).join('\n');
  const files = filesOf({ ...state, entries: deleted }, theCase, 'shown');
  return [
    tell('head', theCase, 'words', step, words.deletedForHead(theCase, quote)),
    ...files.map(({ entry, media }) => tellFile('head', theCase, step, entry, media)),
  ];
}
