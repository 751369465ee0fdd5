-- What a load found that the reader of a published figure should know.
CREATE TABLE IF NOT EXISTS finding
(
    release        UInt32,
    place          UInt32 COMMENT 'in the order of finding, from 0',
    code           LowCardinality(String),
    indicator      LowCardinality(String),
    unit           UInt32,
    unit_code      LowCardinality(String),
    year           UInt16,
    used           String COMMENT 'the value that is published',
    other          String COMMENT 'the value that is not',
    used_citation  String,
    other_citation String,
    file           LowCardinality(String),
    sheet          LowCardinality(String),
    line           UInt32,
    column         LowCardinality(String)
)
ENGINE = MergeTree
ORDER BY (release, place)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
