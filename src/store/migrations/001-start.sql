-- Times are UTC milliseconds, ids are UUIDv7 unless said otherwise.

CREATE TABLE people (
  id TEXT PRIMARY KEY,
  address TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('villager', 'official', 'officer', 'head', 'admin')),
  name TEXT, -- staff and officials only
  village TEXT,
  active INTEGER NOT NULL DEFAULT 0,
  second_contact INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE chats (
  id TEXT PRIMARY KEY,
  address TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('group', 'private')),
  name TEXT,
  village TEXT,
  officers INTEGER NOT NULL DEFAULT 0,
  introduced INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Messages that led to something; one that led to nothing leaves no row.
CREATE TABLE heard (
  chat TEXT NOT NULL REFERENCES chats (id),
  message TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (chat, message)
) STRICT, WITHOUT ROWID;

CREATE TABLE cases (
  id TEXT PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('report', 'advert', 'handover')),
  severity TEXT NOT NULL CHECK (severity IN ('darurat', 'biasa')),
  status TEXT NOT NULL CHECK (status IN ('open', 'claimed', 'closed')),
  reporter TEXT NOT NULL REFERENCES people (id),
  reporter_name TEXT,
  came_from TEXT NOT NULL CHECK (came_from IN ('group', 'private')),
  village TEXT,
  signs TEXT NOT NULL, -- JSON list
  countries TEXT NOT NULL, -- JSON list
  restriction TEXT NOT NULL CHECK (restriction IN ('none', 'head', 'second-contact')),
  claimer TEXT REFERENCES people (id),
  rung INTEGER NOT NULL,
  questions TEXT NOT NULL, -- JSON list
  opened_at INTEGER NOT NULL,
  due_at INTEGER,
  closed_at INTEGER,
  withdrawn_at INTEGER
) STRICT;
CREATE INDEX cases_due ON cases (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX cases_open ON cases (opened_at) WHERE status <> 'closed';
CREATE INDEX cases_of_reporter ON cases (reporter, opened_at);

CREATE TABLE entries (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  kind TEXT NOT NULL CHECK (kind IN ('report', 'note', 'relay')),
  by TEXT NOT NULL REFERENCES people (id),
  text TEXT NOT NULL,
  attachments TEXT NOT NULL, -- JSON list
  files TEXT NOT NULL DEFAULT '[]', -- JSON list of names below the media folder
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX entries_of_case ON entries (case_id, at);

-- The one thing the bot waits for from a person in a chat.
CREATE TABLE questions (
  person TEXT NOT NULL REFERENCES people (id),
  chat TEXT NOT NULL REFERENCES chats (id),
  question TEXT NOT NULL, -- JSON
  at INTEGER NOT NULL,
  PRIMARY KEY (person, chat)
) STRICT, WITHOUT ROWID;

CREATE TABLE broadcasts (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  text TEXT NOT NULL,
  villages TEXT NOT NULL, -- JSON list, empty for all
  schedule TEXT NOT NULL, -- JSON
  late TEXT NOT NULL CHECK (late IN ('send', 'skip')),
  status TEXT NOT NULL CHECK (status IN ('active', 'paused', 'done')),
  due_at INTEGER,
  by TEXT NOT NULL REFERENCES people (id)
) STRICT;
CREATE INDEX broadcasts_due ON broadcasts (due_at) WHERE due_at IS NOT NULL;

-- What is to be said. `message` is our own id, made from the key, so that it can be looked up after a crash.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  message TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('text', 'reaction')),
  chat TEXT NOT NULL REFERENCES chats (id),
  body TEXT, -- taken away a week after its ack
  quote TEXT,
  target TEXT, -- the message a reaction is put on
  urgency INTEGER NOT NULL CHECK (urgency IN (0, 1, 2)), -- alert, reply, broadcast
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'unknown', 'sent', 'dead')),
  ack INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  after_key TEXT,
  purpose TEXT NOT NULL,
  case_id TEXT REFERENCES cases (id),
  entry TEXT REFERENCES entries (id),
  topic TEXT,
  about_group TEXT REFERENCES chats (id),
  created_at INTEGER NOT NULL,
  sent_at INTEGER
) STRICT;
CREATE INDEX outbox_due ON outbox (urgency, id) WHERE state IN ('queued', 'sending', 'unknown');
CREATE INDEX outbox_said ON outbox (chat, created_at);
CREATE INDEX outbox_to_blank ON outbox (sent_at) WHERE state = 'sent' AND body IS NOT NULL;

CREATE TABLE errands (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('fetch-media')),
  case_id TEXT NOT NULL REFERENCES cases (id),
  entry TEXT NOT NULL REFERENCES entries (id),
  attachment TEXT NOT NULL, -- JSON
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL
) STRICT;

-- Append-only: ids, kinds and times; never words, names or numbers.
CREATE TABLE journal (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  what TEXT NOT NULL,
  person TEXT,
  case_id TEXT
) STRICT;
CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;

-- Events that could not be decided; kept whole so that they can be heard again.
CREATE TABLE failed (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  event TEXT NOT NULL, -- JSON
  error TEXT NOT NULL -- the error's name alone
) STRICT;
