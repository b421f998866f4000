// What is told of a case besides its words: what stands out, who is in trouble, when somebody leaves, why it is urgent.

import { DAY, dayKey } from '../time.ts';
import {
  type Case,
  type Leaving,
  type Meaning,
  type Millis,
  type Reason,
  SIGNS,
  type Sign,
  type Who,
} from '../types.ts';
import { dayAhead } from '../understand/days.ts';

/** Who leaves within this time is in danger now. */
const SOON = 2 * DAY;

/** Each once, the gravest first. */
const gravestFirst = (signs: readonly Reason[]): Sign[] => SIGNS.filter((sign) => signs.includes(sign));

/** Cases in which somebody is on his way: there the answer to "when?" is the day on which he leaves. */
const ON_THE_WAY: readonly Sign[] = ['recruiting', 'leaving-soon', 'crossing-secretly', 'wrong-visa', 'bride-order'];

/** Kin is nearer known than somebody; otherwise the first who was named stays. */
const whoOf = (before: Who | undefined, now: Who | undefined): Who | undefined =>
  before === undefined || (before === 'another' && now === 'kin') ? (now ?? before) : before;

/** What is known of a case so far, as it concerns its urgency. */
export type Known = Pick<Case, 'kind' | 'severity' | 'signs' | 'reasons' | 'who' | 'when'>;

/** More that was told. */
export interface More {
  readonly meaning: Meaning;
  /** When it was written: from then on its days are counted. */
  readonly at: Millis;
  readonly now: Millis;
  /** It answers the question when. */
  readonly answersWhen?: boolean;
  /** It says yes to the question whether there is danger. */
  readonly saysDanger?: boolean;
}

function leavingIn({ meaning: { when, signs }, at, answersWhen }: More, before: Known): Leaving | undefined {
  if (when === undefined) return undefined;
  const onTheWay = [...before.signs, ...signs].some((sign) => ON_THE_WAY.includes(sign));
  if (!when.leaves && !(answersWhen && onTheWay)) return undefined;
  const day = dayAhead(when.said, at);
  return day === undefined ? undefined : { day, said: when.said };
}

/** What is known of a case after these words: more, and more urgent, never the other way. An advert is never urgent. */
export function knownWith(before: Known, heard: More): Omit<Known, 'kind'> {
  const { meaning, now, saysDanger } = heard;
  const leaving = leavingIn(heard, before);
  const soon = before.kind === 'report' && leaving !== undefined && leaving.day <= dayKey(now + SOON);
  const told = meaning.kind !== 'warn' && meaning.severity === 'darurat';
  const urgent = before.kind !== 'advert' && (before.severity === 'darurat' || soon || told || saysDanger === true);
  const reasons: Reason[] = [
    ...before.reasons,
    ...(told ? meaning.reasons : []),
    ...(soon ? (['leaving-soon'] as const) : []),
  ];
  const danger = saysDanger || before.reasons.includes('danger-now');
  const who = whoOf(before.who, meaning.who);
  const when = leaving ?? before.when;
  return {
    severity: urgent ? 'darurat' : 'biasa',
    signs: gravestFirst([...before.signs, ...meaning.signs, ...(soon ? (['leaving-soon'] as const) : [])]),
    reasons: urgent ? [...gravestFirst(reasons), ...(danger ? (['danger-now'] as const) : [])] : [],
    ...(who && { who }),
    ...(when && { when }),
  };
}

/** What is known of a case from its first words. */
export const knownFrom = (kind: Case['kind'], heard: More): Omit<Known, 'kind'> =>
  knownWith({ kind, severity: 'biasa', signs: [], reasons: [] }, heard);
