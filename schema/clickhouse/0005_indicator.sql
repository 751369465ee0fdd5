-- The indicators. For readers with SQL; the program reads catalogue.document.
CREATE TABLE IF NOT EXISTS indicator
(
    catalogue      UInt32,
    code           LowCardinality(String),
    topic          LowCardinality(String),
    kind           LowCardinality(String) COMMENT 'COUNT, AMOUNT, RATIO, ATTAINMENT or REPORTED',
    name_vi        String,
    name_en        String,
    description_vi String,
    description_en String,
    measure_vi     String COMMENT 'unit of measure of the value',
    measure_en     String,
    decimals       UInt8,
    direction      LowCardinality(String) COMMENT 'HIGHER, LOWER or NEUTRAL is better',
    level          LowCardinality(String) COMMENT 'whose units report it',
    kinds          Array(String) COMMENT 'of those units; empty: all',
    absent         LowCardinality(String) COMMENT 'UNREPORTED, or NOT_MET for a register of decisions'
)
ENGINE = MergeTree
PARTITION BY catalogue
ORDER BY code
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
