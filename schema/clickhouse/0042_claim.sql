-- Numbers of releases that a load has taken, whether it published them or not.
-- The first number is the token of the insert: of two programs that claim the
-- same one, the server keeps the claim of the first.
CREATE TABLE IF NOT EXISTS claim
(
    first   UInt32,
    last    UInt32,
    owner   UUID COMMENT 'of this claim alone',
    claimed DateTime64(3, 'UTC')
)
ENGINE = MergeTree
ORDER BY first
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = 10000
