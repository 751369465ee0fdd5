-- The units, one row for each stretch of time in which kind, names and parent
-- stay the same. For readers with SQL; the program reads catalogue.document.
CREATE TABLE IF NOT EXISTS unit
(
    catalogue  UInt32,
    key        UInt32,
    code       LowCardinality(String),
    level      LowCardinality(String),
    kind       LowCardinality(String),
    parent     LowCardinality(String) COMMENT 'code of the unit above; empty at the top',
    name_vi    String,
    name_en    String,
    valid_from UInt32 COMMENT 'yyyymmdd; 0: open',
    valid_to   UInt32 COMMENT 'the day after the last, yyyymmdd; 0: open',
    opening    LowCardinality(String)
)
ENGINE = MergeTree
PARTITION BY catalogue
ORDER BY (key, valid_from)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
