-- What was decided about restatements; the last row of one counts. An approval
-- that published releases stands in their rows and not here.
CREATE TABLE IF NOT EXISTS restatement_decision
(
    restatement UInt32,
    state       LowCardinality(String) COMMENT 'APPROVED, REFUSED or SUPERSEDED',
    judge       String COMMENT 'who decided',
    reason      String,
    decided     DateTime64(3, 'UTC'),
    successor   UInt32 COMMENT 'the restatement that took its place; 0: none'
)
ENGINE = MergeTree
ORDER BY (restatement, decided)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
