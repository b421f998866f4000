-- What a real network brings: groups left and closed, listening first, messages deleted, hidden numbers, e-mails.

ALTER TABLE chats ADD COLUMN listens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
-- When the newest message heard here was written, to the minute: from there on is looked for what came meanwhile.
ALTER TABLE chats ADD COLUMN heard_until INTEGER;

ALTER TABLE entries ADD COLUMN message TEXT; -- the heard message it came with
ALTER TABLE entries ADD COLUMN revoked_at INTEGER;
CREATE INDEX entries_of_message ON entries (message) WHERE message IS NOT NULL;

-- Two addresses of one person: the LID that hides his number, and the number.
CREATE TABLE identities (
  lid TEXT PRIMARY KEY,
  phone TEXT NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What would have been said in groups where the bot only listens.
CREATE TABLE unsaid (
  chat TEXT NOT NULL REFERENCES chats (id),
  purpose TEXT NOT NULL,
  topic TEXT NOT NULL DEFAULT '',
  times INTEGER NOT NULL,
  PRIMARY KEY (chat, purpose, topic)
) STRICT, WITHOUT ROWID;

-- What comes again at a time of the day.
CREATE TABLE daily (
  what TEXT PRIMARY KEY,
  due_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Since when messages are the bot's to hear: the first time that this number was linked. One row.
CREATE TABLE linked (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE errands_2 (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('fetch-media', 'mail', 'look-at-invite', 'use-invite')),
  case_id TEXT REFERENCES cases (id),
  entry TEXT REFERENCES entries (id),
  attachment TEXT, -- JSON, of fetch-media
  key TEXT UNIQUE, -- of mail: the same is written once
  details TEXT, -- JSON: of mail its subject and text, of an invitation the invite and who asked
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL
) STRICT;
INSERT INTO errands_2 (id, kind, case_id, entry, attachment, attempts, next_at)
  SELECT id, kind, case_id, entry, attachment, attempts, next_at FROM errands;
DROP TABLE errands;
ALTER TABLE errands_2 RENAME TO errands;
-- A mail that was written stays as its key alone.
CREATE INDEX errands_due ON errands (next_at) WHERE details IS NOT NULL OR attachment IS NOT NULL;

CREATE TABLE outbox_2 (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  message TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('text', 'reaction')),
  chat TEXT NOT NULL REFERENCES chats (id),
  body TEXT, -- taken away a week after its ack
  media TEXT, -- JSON: the file below the media folder that goes along
  quote TEXT,
  target TEXT, -- the message a reaction is put on
  urgency INTEGER NOT NULL CHECK (urgency IN (0, 1, 2)), -- alert, reply, broadcast
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'unknown', 'sent', 'dead', 'digested')),
  ack INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  tried_at INTEGER, -- when it was last handed over
  first_tried_at INTEGER,
  after_key TEXT,
  purpose TEXT NOT NULL,
  case_id TEXT REFERENCES cases (id),
  entry TEXT REFERENCES entries (id),
  topic TEXT,
  about_group TEXT REFERENCES chats (id),
  created_at INTEGER NOT NULL,
  sent_at INTEGER
) STRICT;
INSERT INTO outbox_2 (id, key, message, kind, chat, body, quote, target, urgency, state, ack, attempts, next_at, after_key, purpose, case_id, entry, topic, about_group, created_at, sent_at)
  SELECT id, key, message, kind, chat, body, quote, target, urgency, state, ack, attempts, next_at, after_key, purpose, case_id, entry, topic, about_group, created_at, sent_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_2 RENAME TO outbox;
CREATE INDEX outbox_due ON outbox (urgency, id) WHERE state IN ('queued', 'sending', 'unknown');
CREATE INDEX outbox_said ON outbox (chat, created_at);
CREATE INDEX outbox_to_blank ON outbox (sent_at) WHERE state = 'sent' AND body IS NOT NULL;
CREATE INDEX outbox_tried ON outbox (tried_at) WHERE tried_at IS NOT NULL;

-- Files below the media folder whose case or message was taken back: to be deleted.
CREATE TABLE discarded (
  file TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
