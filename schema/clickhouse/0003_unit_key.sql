-- The number of each unit, given once and for all. A code that was used again
-- for another territory is another generation and has another key.
CREATE TABLE IF NOT EXISTS unit_key
(
    code       String,
    generation UInt16 COMMENT 'how many units had the code before',
    key        UInt32 COMMENT 'from 1'
)
ENGINE = MergeTree
ORDER BY (code, generation)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
