// Rule family: what the channel says of itself. By e-mail where WhatsApp cannot carry it, else to the admins.

import { journal, notice } from './saying.ts';
import { dayKey, wall } from './time.ts';
import type { ChannelEvent, Effect, Rule, State } from './types.ts';
import * as words from './words.ts';

type Mailed = Exclude<ChannelEvent['what'], 'changed'>;

/**
 * What must be done by hand is written once a day. An outage and its end are told apart by the hour: a second outage of
 * the same day must not pass for the first, which is already over.
 */
function mailKey(what: Mailed, at: number): string {
  const day = `${what}:${dayKey(at)}`;
  return what === 'down' || what === 'up' ? `${day}T${Math.floor(wall(at).minute / 60)}` : day;
}

const mail = (what: Mailed, event: ChannelEvent, state: State): Effect[] => [
  { do: 'mail', key: mailKey(what, event.at), ...words.channelMail(what, state.office, event.at) },
  journal(`channel-${what}`),
];

/** The channel is away, back, unlinked, judged, or works only in part. */
export const channelChanged: Rule = (event, _reading, state) => {
  if (event.kind !== 'channel') return undefined;
  if (event.what !== 'changed') return mail(event.what, event, state);
  const broken = event.broken ?? [];
  if (broken.length === 0) return [];
  return [
    notice(`changed:${event.version ?? ''}:${[...broken].sort().join(',')}`, words.channelWorksInPart(broken)),
    journal('channel-changed'),
  ];
};
