-- Rows, or values of rows, that were not published.
CREATE TABLE IF NOT EXISTS reject
(
    release UInt32 COMMENT '0: the run made no release',
    run     String COMMENT 'run.id where the run made no release',
    file    LowCardinality(String),
    sheet   LowCardinality(String),
    line    UInt32,
    column  LowCardinality(String),
    value   String,
    reason  LowCardinality(String),
    detail  String
)
ENGINE = MergeTree
ORDER BY (release, file, sheet, line, column)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
