-- Removes the cells of restatements that were never held to the end.
ALTER TABLE restatement_cell DELETE WHERE restatement <= {last:UInt32} AND restatement NOT IN (SELECT id FROM restatement) SETTINGS mutations_sync = 1
