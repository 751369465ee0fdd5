-- Which releases a generation of roll-ups holds: written when its sums were compared with those of the
-- postings. Release 0 says that a generation is not to be read.
CREATE TABLE IF NOT EXISTS rollup_mark
(
    generation UInt64,
    hierarchy  UInt64 COMMENT 'what tells the places of the units from all others',
    levels     Array(UInt8) COMMENT 'the indices of the levels that it has',
    release    UInt32
)
ENGINE = MergeTree
ORDER BY (generation, release)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
