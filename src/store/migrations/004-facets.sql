-- What a report says, as fields of its case.

ALTER TABLE cases ADD COLUMN reasons TEXT NOT NULL DEFAULT '[]'; -- JSON list: why it is urgent
ALTER TABLE cases ADD COLUMN who TEXT CHECK (who IN ('self', 'kin', 'another'));
ALTER TABLE cases ADD COLUMN leaving TEXT; -- JSON: the day on which somebody leaves, and how it was said

-- Numbers and accounts belong to the words that hold them, and go with them.
ALTER TABLE entries ADD COLUMN contacts TEXT NOT NULL DEFAULT '[]'; -- JSON list

-- What was told before the menu was shown, and may yet become a case.
UPDATE questions
  SET question = json_set(question, '$.told.meaning.reasons', json('[]'), '$.told.meaning.contacts', json('[]'), '$.told.at', at)
  WHERE json_extract(question, '$.told') IS NOT NULL;
