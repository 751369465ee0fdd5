-- Removes the roll-ups of releases that were never published, up to the last number that may be
-- of a load that died.
ALTER TABLE rollup_series DELETE WHERE loaded <= {last:UInt32} AND loaded NOT IN (SELECT id FROM release) SETTINGS mutations_sync = 1
