// The rule for what came with a message: its content arrives later, and goes to who may read the words.

import type { Case, Effect, Entry, Rule } from '../types.ts';
import { isBlank, tellFile } from './telling.ts';

/** Who reads it: whoever has the case in hand, or else as its first words. What was taken back is the head's. */
function readerOf(theCase: Case, entry: Entry): 'claimer' | 'village-officer' | 'head' {
  if (theCase.withdrawnAt !== undefined || entry.revokedAt !== undefined) return 'head';
  return theCase.claimer === undefined ? 'village-officer' : 'claimer';
}

/** The content of an attachment came, or cannot be had. */
export const mediaBack: Rule = (event, _reading, state) => {
  if (event.kind !== 'media-arrived' && event.kind !== 'media-failed') return undefined;
  const { file, attachment } = event;
  const { entry, case: theCase } = state;
  const noted: Effect = { do: 'journal', what: event.kind, case: event.case };
  // Its words were taken back while it was on its way.
  if (entry && isBlank(entry)) return [...(file ? [{ do: 'discard', file } as const] : []), noted];
  const attached: Effect = {
    do: 'attach',
    entry: event.entry,
    ...(file && { file }),
    ...(attachment && { attachment }),
  };
  if (!file || !attachment || !entry || !theCase) return [attached, noted];
  // A closed case is nobody's work any more, and `isi` still shows it; of a doubt one line is enough.
  const told =
    theCase.status === 'closed' || theCase.status === 'doubtful'
      ? []
      : [tellFile(readerOf(theCase, entry), theCase, 'file', entry.id, { file, attachment })];
  return [attached, ...told, noted];
};
