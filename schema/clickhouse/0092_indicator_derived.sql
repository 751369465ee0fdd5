-- What a ratio is multiplied by (0: it has no rate), and of a derived indicator what is
-- made of which others ('' and []: it is reported).
ALTER TABLE indicator
    ADD COLUMN IF NOT EXISTS per UInt32 DEFAULT if(kind IN ('RATIO', 'ATTAINMENT'), 100, 0),
    ADD COLUMN IF NOT EXISTS formula LowCardinality(String) DEFAULT '',
    ADD COLUMN IF NOT EXISTS parts Array(String) DEFAULT []
