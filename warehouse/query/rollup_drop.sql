-- Removes a generation, all of it at once.
ALTER TABLE rollup DROP PARTITION {generation:UInt64}
