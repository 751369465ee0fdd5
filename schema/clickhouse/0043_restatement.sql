-- Loads that are held because they would change what readers could see. One row,
-- inserted after its cells, makes a restatement known. Nothing here is read by
-- questions.
CREATE TABLE IF NOT EXISTS restatement
(
    id       UInt32 COMMENT 'taken from the numbers of releases',
    source   LowCardinality(String),
    run      String COMMENT 'run.id',
    by       String COMMENT 'who or what loaded it',
    held     DateTime64(3, 'UTC'),
    digest   String COMMENT 'SHA-256 of what it says',
    added    UInt64 COMMENT 'cells that it would add',
    revised  UInt64 COMMENT 'cells that it would change',
    document String COMMENT 'files, findings and rejects that come with its releases, as JSON' CODEC(ZSTD(3))
)
ENGINE = MergeTree
ORDER BY id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
