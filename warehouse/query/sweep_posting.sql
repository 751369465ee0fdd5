-- Removes the postings of releases that were never published.
ALTER TABLE posting DELETE WHERE loaded NOT IN (SELECT id FROM release) SETTINGS mutations_sync = 1
