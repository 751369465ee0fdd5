-- What was applied to this database, and what it said then. A file that was
-- applied must never change: a new file changes what it made.
CREATE TABLE IF NOT EXISTS migration
(
    name     String COMMENT 'file in schema/clickhouse',
    checksum String COMMENT 'SHA-256 of the file as applied, in hexadecimal',
    applied  DateTime64(3, 'UTC')
)
ENGINE = MergeTree
ORDER BY name
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
