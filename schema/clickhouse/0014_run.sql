-- The runs of the sources' jobs: a row when one starts and a row when it ends;
-- the later one counts.
CREATE TABLE IF NOT EXISTS run
(
    id       String,
    source   LowCardinality(String),
    by       String,
    started  DateTime64(3, 'UTC'),
    ended    DateTime64(3, 'UTC') COMMENT '1970-01-01 while it runs',
    outcome  LowCardinality(String) COMMENT 'running, published, unchanged, refused or failed',
    snapshot String COMMENT 'fingerprint of the files that it read',
    read     UInt64,
    accepted UInt64,
    rejected UInt64,
    new      UInt64 COMMENT 'cells published',
    releases Array(UInt32),
    error    String
)
ENGINE = MergeTree
ORDER BY (source, started, id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
