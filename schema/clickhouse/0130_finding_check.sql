-- Which check found it and what it meant for its load (WARN, HOLD, STOP); the text of the
-- cell; what the check measured and of how many cells it tells, 0 for one.
ALTER TABLE finding
    ADD COLUMN IF NOT EXISTS severity LowCardinality(String) DEFAULT 'WARN',
    ADD COLUMN IF NOT EXISTS rule     LowCardinality(String) DEFAULT '',
    ADD COLUMN IF NOT EXISTS value    String DEFAULT '',
    ADD COLUMN IF NOT EXISTS measured String DEFAULT '',
    ADD COLUMN IF NOT EXISTS cells    UInt32 DEFAULT 0
