-- The postings of each release, summed to the places that slices are asked for, a row for each level above the
-- lowest, indicator, year, position and release: the sums of all places stand in it one after the other, as the
-- bytes of their numbers. So a question about 700 districts reads a row for each year and release, groups nothing
-- and gets eight texts in place of 700 rows of a dozen columns: a third of the work of the engine, and of the
-- program a tenth. A column of zeros is an empty text. Release and position stay beside the sums, so that what is
-- visible and since when is decided as of postings. A generation is what one program summed on one hierarchy of
-- units, with what was published since; only the newest one is read, and only where rollup_mark says that it is
-- whole. A partition is one, so that it goes at once.
CREATE TABLE IF NOT EXISTS rollup_series
(
    generation     UInt64,
    level          UInt8 COMMENT 'index of the level',
    indicator      LowCardinality(String),
    year           UInt16,
    position       UInt64,
    loaded         UInt32 COMMENT 'the release that wrote the postings',
    place          String COMMENT 'UInt64 as slices.sql computes them, ascending' CODEC(ZSTD(1)),
    value          String COMMENT 'Decimal(38, 10) of each place, as all that follows' CODEC(ZSTD(1)),
    denominator    String COMMENT 'Decimal(38, 10)' CODEC(ZSTD(1)),
    tally          String COMMENT 'Int64' CODEC(ZSTD(1)),
    flaws          String COMMENT 'Int64' CODEC(ZSTD(1)),
    doubts         String COMMENT 'Int64' CODEC(ZSTD(1)),
    reporter       String COMMENT 'Int64' CODEC(ZSTD(1)),
    approximations String COMMENT 'Int64' CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY generation
ORDER BY (level, indicator, year, position, loaded)
SETTINGS index_granularity = 4, min_bytes_for_wide_part = 1000000000000, fsync_after_insert = 1, fsync_part_directory = 1
