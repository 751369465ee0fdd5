-- One row makes a set of definitions the present one. It is inserted after the
-- rows that it numbers in unit_key, unit, indicator and place.
CREATE TABLE IF NOT EXISTS catalogue
(
    number   UInt32 COMMENT 'from 1; the highest is the present one',
    checksum String COMMENT 'of the files of the workspace that it was read from',
    defined  DateTime64(3, 'UTC'),
    document String COMMENT 'all of it with the keys of the units, as JSON' CODEC(ZSTD(3))
)
ENGINE = MergeTree
ORDER BY number
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
