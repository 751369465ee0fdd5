-- How many cells each release added, by the levels that units have in a catalogue: counted once
-- where there is much to count, so that a start does not count it again. A row without an
-- indicator, written last, says that a release was counted.
CREATE TABLE IF NOT EXISTS holding
(
    catalogue      UInt32,
    release        UInt32 COMMENT 'that wrote the postings',
    indicator      LowCardinality(String),
    year           UInt16,
    breakdown      LowCardinality(String),
    level          UInt64 COMMENT 'index of the level of the units',
    cells          Int64,
    since          UInt64 COMMENT 'the earliest position',
    reversals      UInt64 COMMENT 'how often it replaced or withdrew a cell',
    reversed_since UInt64
)
ENGINE = MergeTree
ORDER BY (catalogue, release, indicator, year, breakdown, level)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
