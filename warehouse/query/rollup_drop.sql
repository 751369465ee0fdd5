-- Removes a generation, all of it at once.
ALTER TABLE rollup_series DROP PARTITION {generation:UInt64}
