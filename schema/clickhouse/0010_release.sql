-- One row makes a release visible, whole. It is the last that a load inserts.
CREATE TABLE IF NOT EXISTS release
(
    id        UInt32 COMMENT 'from 1, in order of loading',
    source    LowCardinality(String),
    published UInt32 COMMENT 'day on which the publisher made it public, yyyymmdd; 0: not known',
    loaded    DateTime64(3, 'UTC'),
    by        String COMMENT 'who or what loaded it',
    added     UInt64 COMMENT 'cells that had no value before',
    revised   UInt64 COMMENT 'cells whose earlier value it replaces',
    rejected  UInt64 COMMENT 'rows that were not published'
)
ENGINE = MergeTree
ORDER BY id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
