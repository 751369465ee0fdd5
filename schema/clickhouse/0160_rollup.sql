-- The postings of each release, summed to the places that slices are asked for: a row for each level above
-- the lowest, indicator, year, place and position. Release and position stay in it, so that what is visible and
-- since when is decided as of postings. A generation is what one program summed on one hierarchy of units, with what
-- was published since; only the newest one is read, and only where rollup_mark says that it is whole. A
-- partition is one, so that it goes at once. An indicator and year of 700 districts lie in one or two marks of 1,024.
CREATE TABLE IF NOT EXISTS rollup
(
    generation     UInt64,
    level          UInt8 COMMENT 'index of the level',
    indicator      LowCardinality(String),
    year           UInt16,
    place          UInt64 COMMENT 'as slices.sql computes it',
    position       UInt64,
    loaded         UInt32 COMMENT 'the release that wrote the postings',
    value          Decimal(38, 10),
    denominator    Decimal(38, 10),
    tally          Int64,
    flaws          Int64,
    doubts         Int64,
    reporter       Int64,
    approximations Int64
)
ENGINE = MergeTree
PARTITION BY generation
ORDER BY (level, indicator, year, place, position)
SETTINGS index_granularity = 1024, fsync_after_insert = 1, fsync_part_directory = 1
