-- The files that a release was made from.
CREATE TABLE IF NOT EXISTS release_file
(
    release UInt32,
    place   UInt32 COMMENT 'in the order of reading, from 0',
    path    String,
    sha256  String,
    bytes   UInt64
)
ENGINE = MergeTree
ORDER BY (release, place)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
