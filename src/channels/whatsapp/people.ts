// Who is who: WhatsApp names a person by number or by a LID that hides it; asked once, remembered, asked again later
// where nobody knew.

import type { Client } from 'whatsapp-web.js';
import type { Address, IdentityEvent, Millis } from '../../core/types.ts';
import { addressOf, isLid, jidOf } from './convert.ts';
import type { Hands } from './hands.ts';

/** Whom nobody could name is asked about again after an hour: the page may have learned it by then. */
const ASK_AGAIN: Millis = 60 * 60_000;

export interface People {
  /** Finds out who this is and tells the house when it is news. Never throws: a report does not wait for a name. */
  learn(client: Client, hands: Hands, jid: string): Promise<void>;
  /** Every id under which this person's chat may stand, the likeliest first. */
  idsOf(address: Address): readonly string[];
}

export function openPeople(parts: {
  readonly now: () => Millis;
  readonly tell: (event: IdentityEvent) => void;
  readonly limit: Millis;
}): People {
  const { now, tell, limit } = parts;
  const lidOf = new Map<string, string>();
  const phoneOf = new Map<string, string>();
  const askedAt = new Map<string, Millis>();

  return {
    async learn(client, hands, jid) {
      if (lidOf.has(jid) || phoneOf.has(jid)) return;
      const asked = askedAt.get(jid);
      if (asked !== undefined && now() - asked < ASK_AGAIN) return;
      askedAt.set(jid, now());
      try {
        // One at a time: a batch fails as a whole.
        const [found] = await hands.within(client.getContactLidAndPhone([jid]), limit);
        const { lid, pn } = found ?? {};
        if (!lid || !pn) return;
        lidOf.set(pn, lid);
        phoneOf.set(lid, pn);
        askedAt.delete(jid);
        tell({ kind: 'identity', lid: addressOf(lid), phone: addressOf(pn), at: now() });
      } catch {
        // Asked again later.
      }
    },
    idsOf(address) {
      const jid = jidOf(address);
      const other = isLid(jid) ? phoneOf.get(jid) : lidOf.get(jid);
      return other ? [jid, other] : [jid];
    },
  };
}
