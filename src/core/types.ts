// The glossary: every word the house uses, as plain data. No logic lives here.

declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };

/** UTC milliseconds since 1970. */
export type Millis = number;
/** Where a channel reaches a person or a group; only `channels/` knows how it is made up. */
export type Address = Branded<string, 'Address'>;
/** A message's id as the channel gives it. */
export type MessageId = Branded<string, 'MessageId'>;
export type PersonId = Branded<string, 'PersonId'>;
export type ChatId = Branded<string, 'ChatId'>;
export type CaseId = Branded<string, 'CaseId'>;
export type EntryId = Branded<string, 'EntryId'>;
export type BroadcastId = Branded<string, 'BroadcastId'>;
/** Slug of a village, e.g. `koto-dua-baru`. */
export type VillageId = Branded<string, 'VillageId'>;
/** Slug of a topic, e.g. `paspor-biaya`. */
export type TopicId = Branded<string, 'TopicId'>;
/** The way into a group: the code of a link, or what came with an invitation; only `channels/` knows how it is made up. */
export type Invite = Branded<string, 'Invite'>;
/** A case's public code, e.g. `KRC-7K2Q`. */
export type CaseCode = Branded<string, 'CaseCode'>;

export type Role = 'villager' | 'official' | 'officer' | 'head' | 'admin';

// ---------------------------------------------------------------- what is heard

export type AttachmentType = 'photo' | 'voice' | 'video' | 'document' | 'sticker' | 'contact' | 'place';

/** Something that came with a message or instead of words. `ref` is what the channel needs to fetch its content. */
export interface Attachment {
  readonly type: AttachmentType;
  readonly name?: string;
  readonly mime?: string;
  readonly bytes?: number;
  readonly ref?: string;
}

export interface MessageEvent {
  readonly kind: 'message';
  readonly id: MessageId;
  readonly chat: Address;
  readonly chatKind: 'group' | 'private';
  /** The group's name, where the channel knows it. */
  readonly chatName?: string;
  readonly from: Address;
  /** The name the sender gives himself; never trusted, never logged. */
  readonly name?: string;
  readonly text: string;
  readonly at: Millis;
  readonly quote?: MessageId;
  readonly mentionsBot: boolean;
  readonly attachments: readonly Attachment[];
  /** For a private message: the groups its sender shares with the bot, so that nobody's membership need be kept. */
  readonly sharedGroups?: readonly Address[];
  /** The text is a change of this earlier message; `id` then names the change alone. */
  readonly edits?: MessageId;
  /** An invitation to a group that came as a message of its own. */
  readonly invite?: Invite;
}

export interface ReactionEvent {
  readonly kind: 'reaction';
  readonly message: MessageId;
  readonly chat: Address;
  readonly chatKind: 'group' | 'private';
  readonly from: Address;
  /** Empty when the reaction was taken back. */
  readonly emoji: string;
  readonly at: Millis;
}

/** A message was deleted for everyone, by who wrote it or by an admin of the group. */
export interface RevokedEvent {
  readonly kind: 'revoked';
  readonly message: MessageId;
  readonly chat: Address;
  readonly chatKind: 'group' | 'private';
  readonly at: Millis;
}

/** Something happened to the bot's place in a group. */
export interface GroupEvent {
  readonly kind: 'group';
  readonly chat: Address;
  readonly chatName?: string;
  /** `closed`: only its admins may write there, and the bot is none; `opened`: it may write again. */
  readonly change: 'joined' | 'left' | 'closed' | 'opened';
  readonly at: Millis;
}

/** Two addresses turned out to be one person's: WhatsApp names people by number or by a LID, which hides it. */
export interface IdentityEvent {
  readonly kind: 'identity';
  readonly lid: Address;
  /** Digits of the number. */
  readonly phone: Address;
  readonly at: Millis;
}

/** What the channel can do besides carrying plain texts; each may break by itself when WhatsApp changes. */
export const CAPABILITIES = [
  'own-ids',
  'quotes',
  'acks',
  'media-in',
  'media-out',
  'reactions',
  'typing',
  'groups',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** Something happened to the channel itself. */
export interface ChannelEvent {
  readonly kind: 'channel';
  /**
   * `down`: away for long; `up`: back after that; `logged-out`: the phone must link it again; `blocked`: WhatsApp has
   * judged the number; `changed`: it works, but not all of it (`broken`).
   */
  readonly what: 'down' | 'up' | 'logged-out' | 'blocked' | 'changed';
  /** The version of WhatsApp's page. */
  readonly version?: string;
  readonly broken?: readonly Capability[];
  readonly at: Millis;
}

/** An errand came back from an invitation: what group it leads to, or whether the bot is in. */
export interface InviteEvent {
  readonly kind: 'invite';
  readonly invite: Invite;
  /** The admin who showed it. */
  readonly asker: PersonId;
  /** `waiting`: an admin of the group has to let it in; `refused`: wrong, expired, or the group is full. */
  readonly result: 'found' | 'joined' | 'waiting' | 'refused';
  readonly name?: string;
  readonly size?: number;
  readonly at: Millis;
}

/** An errand came back: the content of an attachment is on disk, or cannot be had. */
export interface MediaEvent {
  readonly kind: 'media-arrived' | 'media-failed';
  readonly case: CaseId;
  readonly entry: EntryId;
  /** File name below the media folder. */
  readonly file?: string;
  /** Of what kind its content is. */
  readonly attachment?: Attachment;
  readonly at: Millis;
}

/** The clock woke up. Everything due at or before `at` is to be done. */
export interface TickEvent {
  readonly kind: 'tick';
  readonly at: Millis;
}

export type Event =
  | MessageEvent
  | ReactionEvent
  | RevokedEvent
  | GroupEvent
  | IdentityEvent
  | ChannelEvent
  | InviteEvent
  | MediaEvent
  | TickEvent;

// ---------------------------------------------------------------- what it means

export type Kind = 'answer' | 'report' | 'warn' | 'human' | 'menu' | 'silent';
export type Severity = 'darurat' | 'biasa';
export type Confidence = 'sure' | 'doubtful';

/** What stands out in a report, from a fixed list, so that it can be told without anybody's words; the gravest first. */
export const SIGNS = [
  'death',
  'confined',
  'beaten',
  'starved',
  'hunted',
  'sexual-abuse',
  'ransom',
  'child',
  'leaving-soon',
  'passport-withheld',
  'wages-withheld',
  'no-contact',
  'recruiting',
  'money-paid',
  'forged-papers',
  'passport-misuse',
  'crossing-secretly',
  'scam-compound',
  'bride-order',
  'wrong-visa',
  'foreigner',
] as const;
export type Sign = (typeof SIGNS)[number];

/** Who is in trouble: who writes, kin of his, or somebody else. */
export type Who = 'self' | 'kin' | 'another';

/** When somebody leaves or is taken, as a text tells it. Which day that is follows from when it was written. */
export interface SaidDay {
  /** In standard spelling, made of nothing but words of days and hours: `besok malam`, `hari sabtu`, `tanggal 12`. */
  readonly said: string;
  /** The text itself says that somebody leaves then; otherwise it names a day and no more, as an answer does. */
  readonly leaves: boolean;
}

/** The day on which somebody leaves or is taken. */
export interface Leaving {
  /** `2026-11-28`, as it is in Kerinci. */
  readonly day: string;
  /** Goes with the words of the case. */
  readonly said?: string;
}

/** Why a case is urgent: what stands out in it, or that its reporter said yes when asked whether there is danger. */
export type Reason = Sign | 'danger-now';

/** Whom a report names as the wrongdoer, where that changes who may hear of it. */
export type Accused = 'officer' | 'official' | 'police' | 'head';

/** What a text asks or tells. */
export interface Meaning {
  readonly kind: Kind;
  /** In a group the bot acts openly only on what is sure; a doubtful report or advert is shown to officers first. */
  readonly confidence: Confidence;
  /**
   * Topics that fit, best first, each with how likely it is meant: 0..1, all together at most 1. Filled for every kind, so
   * that a report can still be answered with advice.
   */
  readonly topics: readonly { readonly topic: TopicId; readonly probability: number }[];
  readonly severity: Severity;
  readonly signs: readonly Sign[];
  /** Countries named, as Indonesian names from the fixed list. */
  readonly countries: readonly string[];
  readonly accuses: readonly Accused[];
  /** The signs for which it is urgent. */
  readonly reasons: readonly Sign[];
  /** Who is in trouble; absent when it cannot be told. Like `when` and `contacts` looked for where it may become a case. */
  readonly who?: Who;
  readonly when?: SaidDay;
  /** Telephone numbers and accounts, `BRI 0012…` where a bank stands before it. Confidential like the words. */
  readonly contacts: readonly string[];
  /** A short message says that one wants to report, or asks how one does, and nothing yet of what. */
  readonly reporting?: 'wish' | 'how';
  /** The words and rules that led here, for the evaluation and never for a log. */
  readonly why: readonly string[];
}

export type Choice =
  | { readonly is: 'yes' }
  | { readonly is: 'no' }
  | { readonly is: 'skip' }
  | { readonly is: 'number'; readonly number: number };

export type CommandName =
  // for staff
  | 'ambil'
  | 'balas'
  | 'selesai'
  | 'identitas'
  | 'isi'
  | 'daftar'
  | 'mulai'
  | 'bantuan'
  | 'siaran'
  | 'petugas'
  | 'grup'
  | 'desa'
  // for everybody
  | 'lapor'
  | 'batal'
  | 'menu'
  | 'privasi'
  | 'lanjut';

export interface Command {
  readonly name: CommandName;
  /** What follows the command's name and code, as it was typed. */
  readonly rest: string;
}

/** What an event means, worked out once, outside the transaction, from the event and the content alone. */
export interface Reading {
  /** The text as typed, without the mention of the bot. */
  readonly text: string;
  /** Normalised words. */
  readonly words: readonly string[];
  readonly command?: Command;
  readonly codes: readonly CaseCode[];
  readonly choice?: Choice;
  /** An invitation to a group: a link in the text, or one that came as a message of its own. */
  readonly invite?: Invite;
  /** Speaks to the bot by mention or name; a reply to the bot is known only to the state. */
  readonly named: boolean;
  /** What the text means as it was said: in private, to the bot, or among others in a group. */
  readonly meaning: Meaning;
  /** What it means if it turns out to be a reply to the bot. */
  readonly meaningInReply: Meaning;
  /** Of what may be a report or an advert, said in a group: the text with all but the vocabulary's words masked. */
  readonly example?: string;
  /** Where the text is a question of several parts: what each part asks by itself. Else empty. */
  readonly asks: readonly Meaning[];
  /** The same, if it turns out to be a reply to the bot. */
  readonly asksInReply: readonly Meaning[];
  /** Every topic, so that rules need no content. */
  readonly topics: readonly Topic[];
  /** The menu's doors in the order in which they are offered. */
  readonly menu: readonly Door[];
  /** Broadcasts that are ready to be scheduled. */
  readonly readyBroadcasts: readonly ReadyBroadcast[];
  /** For a tick: topics and ready broadcasts whose statements are to be checked again by now. */
  readonly toCheck: readonly Checked[];
}

/** A topic as its file tells it. */
export interface Topic {
  readonly id: TopicId;
  readonly title: string;
  readonly keywords: readonly string[];
  readonly questions: readonly string[];
  readonly answer: string;
  /** The longer text, on request. */
  readonly more: string;
}

/** A door of the menu: some topics behind one title. */
export interface Door {
  readonly title: string;
  readonly topics: readonly Topic[];
}

/** An awareness message as its file tells it. */
export interface ReadyBroadcast {
  readonly title: string;
  readonly text: string;
}

/** Something whose statements are true as of a day, and by a day must be looked at again. ISO dates. */
export interface Checked {
  readonly title: string;
  readonly checkAgain: string;
}

// ---------------------------------------------------------------- what is known

export interface Village {
  readonly id: VillageId;
  readonly name: string;
  readonly district: string;
  readonly aliases: readonly string[];
}

/** When the office is open, in its own time zone. `days`: 1 Monday … 7 Sunday; minutes since midnight. */
export interface OfficeHours {
  readonly days: readonly number[];
  readonly from: number;
  readonly to: number;
}

export interface Ladder {
  readonly urgentMinutes: number;
  readonly ordinaryMinutes: number;
  readonly repeatMinutes: number;
  /** Who is alerted on each rung; rung 0 is the alert itself. */
  readonly rungs: readonly ('other-officers' | 'head')[];
}

export interface Office {
  readonly name: string;
  readonly hours: OfficeHours;
  readonly ladder: Ladder;
  readonly villages: readonly Village[];
}

export interface Person {
  readonly id: PersonId;
  readonly address: Address;
  readonly role: Role;
  /** Staff and officials carry their name; of villagers none is kept here. */
  readonly name?: string;
  /** The village an officer or an official serves. */
  readonly village?: VillageId;
  /** Has written `mulai` once, so that the bot may write to him first. */
  readonly active: boolean;
  /** Hears of what names the head. */
  readonly secondContact: boolean;
}

export interface Chat {
  readonly id: ChatId;
  readonly address: Address;
  readonly kind: 'group' | 'private';
  readonly name?: string;
  readonly village?: VillageId;
  /** The officers' own group. */
  readonly officers: boolean;
  readonly introduced: boolean;
  /** The bot says nothing here but its introduction and counts what it would have said; an admin lets it speak. */
  readonly listens: boolean;
  /** Only admins of the group may write, and the bot is none. */
  readonly closed: boolean;
  /** The bot is no longer in it. */
  readonly gone: boolean;
}

/** What the bot would have said in a group where it only listens, counted since it was tied. */
export interface Unsaid {
  readonly chat: ChatId;
  readonly purpose: Purpose;
  readonly topic?: TopicId;
  readonly times: number;
}

export type CaseKind = 'report' | 'advert' | 'handover';
/** `doubtful`: it may be a report or an advert. No case yet, until an officer says so. */
export type CaseStatus = 'doubtful' | 'open' | 'claimed' | 'closed';
/** What became of a doubt; `none`: nobody answered in time. */
export type Verdict = 'yes' | 'no' | 'none';
/** Who alone may hear of a case: the head when officers or officials are named, the second contact when the head is. */
export type Restriction = 'none' | 'head' | 'second-contact';

export type QuestionKind = 'village' | 'danger' | 'when' | 'who';

export interface Case {
  readonly id: CaseId;
  readonly code: CaseCode;
  readonly kind: CaseKind;
  readonly severity: Severity;
  readonly status: CaseStatus;
  readonly reporter: PersonId;
  /** The name the reporter gives himself; for `identitas` alone. */
  readonly reporterName?: string;
  /** Where it was told. Steps are told only to a reporter who wrote in private. */
  readonly from: 'group' | 'private';
  readonly village?: VillageId;
  /** The gravest first: that one the case is foremost about. */
  readonly signs: readonly Sign[];
  /** Why it is urgent; empty where it is not. */
  readonly reasons: readonly Reason[];
  readonly who?: Who;
  /** When somebody leaves or is taken, as was last told. */
  readonly when?: Leaving;
  readonly countries: readonly string[];
  readonly restriction: Restriction;
  readonly claimer?: PersonId;
  /** Rungs of the ladder already alerted. */
  readonly rung: number;
  /** Questions still to be asked of the reporter. */
  readonly questions: readonly QuestionKind[];
  readonly openedAt: Millis;
  /** When it escalates next, or is deleted where it is doubtful; none once claimed or closed. */
  readonly dueAt?: Millis;
  readonly closedAt?: Millis;
  /** Its reporter took it back. An urgent one, or one about a child, stays open all the same, for the head. */
  readonly withdrawnAt?: Millis;
  /** Of what began as a doubt: whether it was right. */
  readonly verdict?: Verdict;
  /** Of what began as a doubt: its words as far as nobody can be known by them. Stays when the words go. */
  readonly example?: string;
}

export type EntryKind = 'report' | 'note' | 'relay';

/** Something told in a case, with its words. */
export interface Entry {
  readonly id: EntryId;
  readonly case: CaseId;
  readonly kind: EntryKind;
  readonly by: PersonId;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** Numbers and accounts in its words; they are shown with them, and go with them. */
  readonly contacts?: readonly string[];
  readonly at: Millis;
  /** The heard message it came with. */
  readonly message?: MessageId;
  /** Names below the media folder of what came with it, in the order in which it arrived. */
  readonly files?: readonly StoredFile[];
  /** Its writer deleted the message; its words are gone, or in what is urgent or about a child kept for the head alone. */
  readonly revokedAt?: Millis;
}

/** The content of an attachment, kept below the media folder. */
export interface StoredFile {
  readonly file: string;
  readonly attachment: Attachment;
}

/** What a message of the bot was for, so that a quote of it, or a reaction to it, can be understood. */
export type Purpose =
  | 'answer'
  | 'more'
  | 'pointer'
  | 'menu'
  | 'introduction'
  | 'privacy'
  | 'invitation'
  | 'warning'
  | 'receipt'
  | 'step'
  | 'relay'
  | 'alert'
  | 'words'
  | 'note'
  | 'identity'
  | 'list'
  | 'notice'
  | 'broadcast'
  | 'refusal'
  | 'dialog'
  | 'new-group'
  /** Asks an officer whether something is a report or an advert. */
  | 'check';

/** A message the bot said earlier. */
export interface Said {
  readonly message: MessageId;
  readonly chat: ChatId;
  readonly purpose: Purpose;
  readonly case?: CaseId;
  readonly entry?: EntryId;
  readonly topic?: TopicId;
  /** The group a notice is about, or in which stood what an officer is asked about. */
  readonly group?: ChatId;
  readonly at: Millis;
}

export type Schedule =
  | { readonly every: 'once'; readonly at: Millis }
  /** `days`: 1 Monday … 7 Sunday; `minute` since midnight, Asia/Jakarta. */
  | { readonly every: 'week'; readonly days: readonly number[]; readonly minute: number }
  | { readonly every: 'month'; readonly day: number; readonly minute: number };

export interface Broadcast {
  readonly id: BroadcastId;
  /** Small number the admin types. */
  readonly number: number;
  readonly text: string;
  /** Empty: all villages. */
  readonly villages: readonly VillageId[];
  readonly schedule: Schedule;
  /** What fell due while the bot was off. */
  readonly late: 'send' | 'skip';
  readonly status: 'active' | 'paused' | 'done';
  readonly dueAt?: Millis;
  readonly by: PersonId;
}

/** What an admin has told so far of a broadcast in the making. */
export interface BroadcastDraft {
  readonly text?: string;
  readonly villages?: readonly VillageId[];
  readonly schedule?: Schedule;
  readonly late?: 'send' | 'skip';
}

/** Something said in private that may yet turn out to be a report. */
export interface Told {
  readonly text: string;
  readonly meaning: Meaning;
  readonly restriction: Restriction;
  /** When it was written. */
  readonly at: Millis;
}

/**
 * What a digit stands for among numbered choices: a door of the menu by its place, a topic, or a person of the office.
 * `whole`: that topic was told only in part, and is told in full though it was answered just now.
 */
export type MenuChoice =
  | { readonly door: number }
  | { readonly topic: TopicId; readonly whole?: true }
  | { readonly person: true };

/** What the bot has asked of a person in a chat and waits for. At most one is open. */
export type Question =
  | { readonly about: 'case'; readonly case: CaseId; readonly question: QuestionKind }
  /** Numbered choices were shown; `told` is what could not be understood, in case it was a report after all. */
  | { readonly about: 'menu'; readonly choices: readonly MenuChoice[]; readonly told?: Told }
  /** "What happened?": whatever comes next is a report. */
  | { readonly about: 'report' }
  | {
      readonly about: 'broadcast';
      readonly step: 'text' | 'ready' | 'villages' | 'schedule' | 'confirm';
      readonly draft: BroadcastDraft;
    }
  | { readonly about: 'delete-broadcast'; readonly broadcast: BroadcastId }
  /** "Shall I join this group?" */
  | { readonly about: 'join'; readonly invite: Invite };

export interface Asked {
  readonly question: Question;
  readonly at: Millis;
}

/** Ids made by the door for what an event may bring into being; each is used at most once. */
export interface Fresh {
  readonly case: CaseId;
  readonly code: CaseCode;
  readonly entry: EntryId;
  readonly broadcast: BroadcastId;
  readonly person: PersonId;
  readonly chat: ChatId;
}

/** What is known when an event is decided: only what its reading names. */
export interface State {
  readonly now: Millis;
  readonly fresh: Fresh;
  readonly office: Office;
  /** Officers, heads, admins and officials. */
  readonly staff: readonly Person[];
  readonly officersGroup?: Chat;
  /** Groups of villages, and groups not yet tied. */
  readonly groups: readonly Chat[];
  /** Who wrote or reacted; absent for a tick and an errand. */
  readonly person?: Person;
  readonly chat?: Chat;
  /** Villages in whose group this person is. */
  readonly memberOf: readonly VillageId[];
  readonly asked?: Asked;
  /** The bot's own message that was quoted or reacted to. */
  readonly quoted?: Said;
  /** The case that the quote names, or else the first code. */
  readonly case?: Case;
  /** What was told in that case and in the sender's own, oldest first. */
  readonly entries: readonly Entry[];
  /** The sender's own open case. */
  readonly ownCase?: Case;
  /** What the bot said in this chat lately (30 minutes), newest first. */
  readonly said: readonly Said[];
  /** Where the quoted message asks about something said in a group: what the bot said there lately, newest first. */
  readonly saidThere?: readonly Said[];
  /** The entry that a revoked or edited message became, or that a file belongs to; its case is `case`. */
  readonly entry?: Entry;
  /** For a change of a message: that message already led to something. */
  readonly originalHeard?: boolean;
  /** The bot itself said just this, lately: another machine gives it back. */
  readonly echo: boolean;
  /** What the bot would have said where it only listens. */
  readonly unsaid: readonly Unsaid[];
  /** Every case that is open or claimed; for `daftar` and for the tick. */
  readonly openCases: readonly Case[];
  /** Reporters and claimers of the cases above, and the sender. */
  readonly people: readonly Person[];
  readonly broadcasts: readonly Broadcast[];
  /** For a tick: broadcasts and cases due, oldest first. */
  readonly due: readonly Due[];
}

export type Due =
  | { readonly what: 'case'; readonly at: Millis; readonly case: Case }
  | { readonly what: 'broadcast'; readonly at: Millis; readonly broadcast: Broadcast }
  | { readonly what: Daily; readonly at: Millis };

/** What comes again at a time of the day. */
export type Daily = 'sign-of-life' | 'listening';

// ---------------------------------------------------------------- what is to be done

/** What becomes of some of a thing's fields; `undefined` takes one away. */
export type Changes<T> = { readonly [K in keyof T]?: T[K] | undefined };

export type Urgency = 'alert' | 'reply' | 'broadcast';

/** The roles that rules speak to. Only `audience.ts` knows who that is. */
export type Audience =
  | { readonly role: 'here' }
  | { readonly role: 'sender' }
  | { readonly role: 'reporter' }
  | { readonly role: 'claimer' }
  | { readonly role: 'village-officer' }
  | { readonly role: 'other-officers' }
  | { readonly role: 'officers' }
  | { readonly role: 'head' }
  | { readonly role: 'admins' }
  | { readonly role: 'group'; readonly chat: ChatId };

/** How much of a case a text shows: nothing, its outline, its words, or who told it. */
export type Shows = 'nothing' | 'outline' | 'words' | 'identity';

/** A rule wants this said to a role. */
export interface Say {
  readonly do: 'say';
  readonly to: Audience;
  readonly text: string;
  /** Deterministic; the recipient is added by `audience.ts`. */
  readonly key: string;
  readonly urgency: Urgency;
  readonly purpose: Purpose;
  readonly shows: Shows;
  /** The case it belongs to, as it will be after this event. */
  readonly about?: Case;
  readonly entry?: EntryId;
  readonly topic?: TopicId;
  readonly group?: ChatId;
  /** Quote this message, where it is said in the same chat. */
  readonly quote?: MessageId;
  /** Goes along; the text stands below it. */
  readonly media?: StoredFile;
}

/** What a Say becomes once it is known who hears it. */
export interface Send extends Omit<Say, 'do' | 'to' | 'about'> {
  readonly do: 'send';
  /** A group, or a person in private. */
  readonly to: { readonly chat: ChatId } | { readonly person: PersonId };
  readonly case?: CaseId;
}

/** Put a reaction on a heard message. */
export interface React {
  readonly do: 'react';
  readonly message: MessageId;
  readonly emoji: string;
  readonly key: string;
  /** Wait until the message sent under this key has reached the phone. */
  readonly after?: string;
}

export type Effect =
  | Say
  | Send
  | React
  | { readonly do: 'open-case'; readonly case: Case }
  | { readonly do: 'change-case'; readonly case: CaseId; readonly to: Changes<Omit<Case, 'id' | 'code'>> }
  /** Takes the words of a case away for good. */
  | { readonly do: 'blank-case'; readonly case: CaseId }
  | { readonly do: 'add-entry'; readonly entry: Entry }
  /** Puts other words in the place of an entry's; what came along stays. */
  | {
      readonly do: 'reword-entry';
      readonly entry: EntryId;
      readonly text: string;
      readonly contacts: readonly string[];
    }
  | { readonly do: 'attach'; readonly entry: EntryId; readonly file?: string; readonly attachment?: Attachment }
  /** Deletes a file below the media folder that belongs to nothing any more. */
  | { readonly do: 'discard'; readonly file: string }
  | { readonly do: 'ask'; readonly question: Question }
  | { readonly do: 'drop-question' }
  | { readonly do: 'activate'; readonly person: PersonId }
  | { readonly do: 'tie-group'; readonly chat: ChatId; readonly village?: VillageId; readonly officers: boolean }
  | { readonly do: 'mark-introduced'; readonly chat: ChatId }
  | {
      readonly do: 'change-chat';
      readonly chat: ChatId;
      readonly to: Changes<Pick<Chat, 'name' | 'listens' | 'closed' | 'gone'>>;
    }
  /** The bot would have said this in a group where it only listens. */
  | { readonly do: 'count-unsaid'; readonly chat: ChatId; readonly purpose: Purpose; readonly topic?: TopicId }
  /** From now on both addresses are one person's. */
  | { readonly do: 'know-identity'; readonly lid: Address; readonly phone: Address }
  /** Its writer deleted an entry: `keepWords` where they stay for the head. */
  | { readonly do: 'revoke-entry'; readonly entry: EntryId; readonly keepWords: boolean }
  /** When something daily comes next. */
  | { readonly do: 'set-daily'; readonly what: Daily; readonly at: Millis }
  /** An e-mail to whoever looks after the bot, for when WhatsApp itself cannot carry it. Never anything of a case. */
  | { readonly do: 'mail'; readonly key: string; readonly subject: string; readonly text: string }
  /** Look at an invitation, or use it; the result comes back as an event. */
  | { readonly do: 'look-at-invite' | 'use-invite'; readonly invite: Invite; readonly asker: PersonId }
  | { readonly do: 'save-broadcast'; readonly broadcast: Broadcast }
  | { readonly do: 'change-broadcast'; readonly broadcast: BroadcastId; readonly to: Changes<Omit<Broadcast, 'id'>> }
  | { readonly do: 'delete-broadcast'; readonly broadcast: BroadcastId }
  | { readonly do: 'fetch-media'; readonly case: CaseId; readonly entry: EntryId; readonly attachment: Attachment }
  /** A line for the journal: kinds and ids, never words. */
  | { readonly do: 'journal'; readonly what: string; readonly case?: CaseId };

/** One thing the office wants done. `undefined`: not mine, ask the next rule. */
export type Rule = (event: Event, reading: Reading, state: State) => readonly Effect[] | undefined;
