// What WhatsApp's page tells, as the house hears it: ids on either build, people by number or LID, kinds of messages.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  addressOf,
  chatIn,
  innerId,
  isFromMe,
  isHeard,
  jidOf,
  type RawMessage,
  readRef,
  refOf,
  revokedIds,
  toEdit,
  toMessage,
  writerOf,
} from '../../../src/channels/whatsapp/convert.ts';
import type { Address } from '../../../src/core/types.ts';

const NOW = Date.UTC(2026, 10, 25, 3);
const GROUP = '120363000000000001@g.us';
const ANI = '620000000001@c.us';
const ANI_HIDDEN = '90000000001@lid';
const SELF = { phone: '620000000099@c.us', lid: '90000000099@lid' };
const around = { self: SELF, now: NOW };

/** A key as both builds give it: the whole key stands in `_serialized` or in a field with a minified name. */
const keys = (remote: string, id: string, participant?: string) =>
  (['_serialized', '$1'] as const).map((field) => ({
    fromMe: false,
    remote,
    id,
    ...(participant && { participant: { user: participant.split('@')[0], _serialized: participant } }),
    [field]: ['false', remote, id, participant].filter((part) => part).join('_'),
  }));

const inGroup = (more: RawMessage = {}): RawMessage => ({
  id: keys(GROUP, '3A01', ANI_HIDDEN)[1] as RawMessage['id'],
  type: 'chat',
  body: 'brp biaya paspor',
  t: NOW / 1000 - 30,
  author: { _serialized: ANI_HIDDEN },
  notifyName: 'Ani',
  ...more,
});
const inPrivate = (more: RawMessage = {}): RawMessage => ({
  ...inGroup({ id: keys(ANI, '3A02')[0] as RawMessage['id'] }),
  author: undefined as unknown as string,
  ...more,
});

describe('keys', () => {
  test('the inner id, the chat and the side are read on every build, and from the key as text', () => {
    for (const key of [...keys(GROUP, '3A01', ANI), `false_${GROUP}_3A01_${ANI}`]) {
      assert.equal(innerId(key), '3A01');
      assert.equal(chatIn(key), GROUP);
      assert.equal(isFromMe(key), false);
    }
    assert.equal(isFromMe(`true_${GROUP}_3EB0AA`), true);
    assert.equal(chatIn({ remote: { _serialized: GROUP } }), GROUP, 'a chat may be an object of its own');
    for (const nothing of [undefined, null, {}, 'nonsense']) assert.equal(innerId(nothing), undefined);
  });

  test('an address and its jid are two ways to write one thing', () => {
    assert.equal(addressOf('620000000001:12@c.us'), '620000000001', 'the device is left out');
    assert.equal(addressOf(ANI_HIDDEN), ANI_HIDDEN);
    assert.equal(addressOf(GROUP), GROUP);
    for (const address of ['620000000001', ANI_HIDDEN, GROUP]) {
      assert.equal(addressOf(jidOf(address as Address)), address);
    }
  });

  test('what is needed to fetch an attachment later survives, and nonsense is nothing', () => {
    assert.deepEqual(readRef(refOf(GROUP, '3A01')), { chat: GROUP, id: '3A01' });
    for (const nonsense of ['', '3A01', '{}', '[1,2]', '["x"]']) assert.equal(readRef(nonsense), undefined);
  });
});

describe('a message', () => {
  test('in a group, by a LID, with a mention of the bot and a quote', () => {
    const body = '@90000000099 kalau yang 10 tahun?';
    const raw = inGroup({ body, quotedStanzaID: '3EB0AA', mentionedJidList: [{ _serialized: SELF.lid }] });
    assert.deepEqual(toMessage(raw, { ...around, chatName: 'Koto Dua Baru' }), {
      kind: 'message',
      id: '3A01',
      chat: GROUP,
      chatKind: 'group',
      chatName: 'Koto Dua Baru',
      from: ANI_HIDDEN,
      name: 'Ani',
      text: '@bot kalau yang 10 tahun?',
      at: NOW - 30_000,
      quote: '3EB0AA',
      mentionsBot: true,
      attachments: [],
    });
  });

  test('in private, by number, with the groups its writer shares with the bot', () => {
    const event = toMessage(inPrivate(), { ...around, sharedGroups: [GROUP] });
    assert.equal(event?.chat, '620000000001');
    assert.equal(event?.from, '620000000001');
    assert.equal(event?.chatKind, 'private');
    assert.deepEqual(event?.sharedGroups, [GROUP]);
  });

  test('of a writer whom only the key names', () => {
    const raw = { ...inGroup(), author: undefined as unknown as string };
    assert.equal(writerOf(raw), ANI_HIDDEN);
    assert.equal(writerOf({ ...raw, id: `false_${GROUP}_3A01_${ANI}` }), ANI);
  });

  test('is never later than now', () => {
    assert.equal(toMessage(inGroup({ t: NOW / 1000 + 900 }), around)?.at, NOW);
  });

  for (const [what, raw] of Object.entries({
    'a status': inGroup({ isStatusV3: true }),
    'a status by its chat': inGroup({ id: 'false_status@broadcast_3A01' }),
    'a channel': inGroup({ id: 'false_1@newsletter_3A01' }),
    'its own words': inGroup({ id: `true_${GROUP}_3EB0AA` }),
    'what cannot be read yet': inGroup({ type: 'ciphertext' }),
    'a notice of the group': inGroup({ type: 'gp2' }),
    'a deleted message': inGroup({ type: 'revoked' }),
    'a message without an id': inGroup({ id: {} }),
  })) {
    test(`${what} is not heard`, () => {
      assert.equal(isHeard(raw), false);
      assert.equal(toMessage(raw, around), undefined);
    });
  }

  test('whatever a build gives, nothing is thrown', () => {
    fc.assert(
      fc.property(
        fc.object({ key: fc.constantFrom('id', 'type', 'body', 't', 'author', 'remote', 'vcardList') }),
        (raw) => {
          toMessage(raw as RawMessage, around);
          return true;
        },
      ),
    );
  });
});

describe('what comes along', () => {
  const along = (more: RawMessage) => toMessage(inPrivate({ body: '/9j/thumbnail', ...more }), around);

  test('a photo with its caption; its thumbnail is no text', () => {
    const event = along({ type: 'image', caption: 'ini orangnya', mimetype: 'image/jpeg', size: 12_345 });
    assert.equal(event?.text, 'ini orangnya');
    assert.deepEqual(event?.attachments, [
      { type: 'photo', mime: 'image/jpeg', bytes: 12_345, ref: refOf(ANI, '3A02') },
    ]);
  });

  test('a voice note, a video, a document', () => {
    assert.equal(along({ type: 'ptt', mimetype: 'audio/ogg; codecs=opus' })?.attachments[0]?.type, 'voice');
    assert.equal(along({ type: 'video' })?.attachments[0]?.type, 'video');
    assert.equal(along({ type: 'document', filename: 'kontrak.pdf' })?.attachments[0]?.name, 'kontrak.pdf');
    assert.equal(along({ type: 'image', caption: undefined as unknown as string })?.text, '');
  });

  test('what may be seen once cannot be fetched', () => {
    assert.equal(along({ type: 'image', isViewOnce: true })?.attachments[0]?.ref, undefined);
  });

  test('a place and a contact say all in their name', () => {
    const place = along({ type: 'location', lat: -2.06, lng: 101.39, loc: 'Pasar\nSungai Penuh' });
    assert.deepEqual(place?.attachments, [{ type: 'place', name: 'Pasar, Sungai Penuh · -2.06,101.39' }]);
    assert.equal(place?.text, '');
    const vcard = 'BEGIN:VCARD\nFN:Calo\nitem1.TEL;waid=620000000077:+62 000 77\nEND:VCARD';
    assert.deepEqual(along({ type: 'vcard', body: vcard })?.attachments, [
      { type: 'contact', name: 'Calo, +62 000 77' },
    ]);
    assert.equal(along({ type: 'multi_vcard', vcardList: [{ vcard }, { vcard }] })?.attachments.length, 2);
  });

  test('a poll is its question and its options', () => {
    const poll = along({
      type: 'poll_creation',
      pollName: 'Jadi berangkat?',
      pollOptions: [{ name: 'ya' }, { name: 'tidak' }],
    });
    assert.equal(poll?.text, 'Jadi berangkat?\n- ya\n- tidak');
  });

  test('an invitation to a group is kept so that it can be used later', () => {
    const event = along({
      type: 'groups_v4_invite',
      inviteCode: 'abc',
      inviteCodeExp: 9,
      inviteGrp: GROUP,
      inviteGrpName: 'Hiang',
    });
    assert.ok(event?.invite?.startsWith('v4:'));
    const kept = JSON.parse(event?.invite?.slice(3) ?? '');
    assert.deepEqual(kept, { inviteCode: 'abc', inviteCodeExp: 9, groupId: GROUP, groupName: 'Hiang', fromId: ANI });
  });
});

describe('what is changed or deleted', () => {
  test('a change is the message with an id of its own, the same for the same change', () => {
    const raw = inPrivate({ body: 'dua', latestEditSenderTimestampMs: NOW - 5_000 });
    const edit = toEdit(raw, around);
    assert.equal(edit?.edits, '3A02');
    assert.equal(edit?.text, 'dua');
    assert.equal(edit?.at, NOW - 5_000);
    assert.notEqual(edit?.id, '3A02');
    assert.equal(toEdit(raw, { ...around, now: NOW + 60_000 })?.id, edit?.id, 'heard again it is the same');
    const other = toEdit({ ...raw, latestEditSenderTimestampMs: NOW - 1 }, around);
    assert.notEqual(other?.id, edit?.id);
  });

  test('a build that keeps no time of the change tells changes apart by what they say', () => {
    const { latestEditSenderTimestampMs: _, ...raw } = inPrivate();
    const ids = ['satu', 'dua', 'satu'].map((body) => toEdit({ ...raw, body }, around)?.id);
    assert.equal(ids[0], ids[2]);
    assert.notEqual(ids[0], ids[1]);
  });

  test('a deletion names the message that is gone, and its own where that differs', () => {
    const raw = inPrivate({ type: 'revoked', protocolMessageKey: keys(ANI, '3A01')[1] as RawMessage['id'] });
    assert.deepEqual(revokedIds(raw), ['3A01', '3A02']);
    assert.deepEqual(revokedIds(inPrivate({ type: 'revoked' })), ['3A02']);
  });
});
