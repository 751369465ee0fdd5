-- The years that a run was to load, as they were given: '2011..2024'; '' for all.
ALTER TABLE run ADD COLUMN IF NOT EXISTS years String DEFAULT ''
