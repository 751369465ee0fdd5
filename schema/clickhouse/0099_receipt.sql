-- What each release holds, noted after it was published: what is lost or damaged later is
-- found by it. A release without one was cut off between the two, and gets it later.
CREATE TABLE IF NOT EXISTS receipt
(
    release      UInt32,
    observations UInt64 COMMENT 'rows of observation',
    postings     UInt64 COMMENT 'rows of posting that it wrote',
    findings     UInt64 COMMENT 'rows of finding',
    units        UInt64 COMMENT 'rows of unit_key at that time',
    checksum     UInt64 COMMENT 'sum of the hashes of its observations and postings, modulo 2^64'
)
ENGINE = MergeTree
ORDER BY release
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
