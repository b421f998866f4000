-- What may be a report or an advert: a case that only officers can open, with the verdict and the masked example that stay of it.

-- A check cannot be changed in its place, and a table that others refer to is not made anew.
DROP INDEX cases_open;
ALTER TABLE cases RENAME COLUMN status TO status_before;
ALTER TABLE cases ADD COLUMN status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('doubtful', 'open', 'claimed', 'closed'));
UPDATE cases SET status = status_before;
ALTER TABLE cases DROP COLUMN status_before;
CREATE INDEX cases_open ON cases (opened_at) WHERE status IN ('open', 'claimed');

ALTER TABLE cases ADD COLUMN verdict TEXT CHECK (verdict IN ('yes', 'no', 'none'));
ALTER TABLE cases ADD COLUMN example TEXT; -- standard words of the vocabulary alone
