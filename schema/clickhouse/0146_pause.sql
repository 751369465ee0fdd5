-- Who paused or resumed the schedule of a source, and why; the last row counts.
CREATE TABLE IF NOT EXISTS pause
(
    source  LowCardinality(String),
    paused  Bool,
    by      String,
    comment String,
    since   DateTime64(3, 'UTC')
)
ENGINE = MergeTree
ORDER BY (source, since)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
