-- Who lies within whom, and when: one row for each unit, level above it (or its
-- own) and stretch of time in which the answer stays the same. It is written
-- for the dictionary hierarchy and is laid out for it.
CREATE TABLE IF NOT EXISTS place
(
    catalogue UInt32,
    id        UInt64 COMMENT 'key of the unit × 32 + index of the level asked for; + 31 asks for the unit itself at any time; 0 asks for the number of the catalogue',
    since     UInt32 COMMENT 'first day, yyyymmdd',
    until     UInt32 COMMENT 'last day, yyyymmdd',
    place     UInt64 COMMENT 'index of the unit''s own level × 2^32 + key of the unit that it lies within'
)
ENGINE = MergeTree
PARTITION BY catalogue
ORDER BY (id, since)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
