-- What restatements say, and what readers saw when they were held.
CREATE TABLE IF NOT EXISTS restatement_cell
(
    restatement     UInt32,
    indicator       LowCardinality(String),
    year            UInt16,
    unit            UInt32 COMMENT 'unit_key.key',
    breakdown       LowCardinality(String) COMMENT 'empty: the total',
    published       UInt32 COMMENT 'day of publication, yyyymmdd',
    value           Nullable(Decimal(38, 10)),
    denominator     Nullable(Decimal(38, 10)),
    status          LowCardinality(String),
    note            String CODEC(ZSTD(1)),
    citation        String CODEC(ZSTD(1)),
    file            LowCardinality(String),
    sheet           LowCardinality(String),
    line            UInt32,
    column          LowCardinality(String),
    old_value       Nullable(Decimal(38, 10)),
    old_denominator Nullable(Decimal(38, 10)),
    old_status      LowCardinality(String) COMMENT 'empty: it adds to what was known'
)
ENGINE = MergeTree
ORDER BY (restatement, indicator, year, unit, breakdown, published)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
