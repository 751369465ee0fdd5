-- Removes the observations of releases that were never published, up to the last number that may be
-- of a load that died.
ALTER TABLE observation DELETE WHERE release <= {last:UInt32} AND release NOT IN (SELECT id FROM release) SETTINGS mutations_sync = 1
