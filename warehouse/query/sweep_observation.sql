-- Removes the observations of releases that were never published.
ALTER TABLE observation DELETE WHERE release NOT IN (SELECT id FROM release) SETTINGS mutations_sync = 1
