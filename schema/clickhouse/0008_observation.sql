-- Every observation as it was published, with where it stands. Wide: it is read
-- for origins, history and differences, never for sums.
CREATE TABLE IF NOT EXISTS observation
(
    indicator   LowCardinality(String),
    year        UInt16,
    unit        UInt32 COMMENT 'unit_key.key',
    breakdown   LowCardinality(String) COMMENT 'empty: the total',
    published   UInt32 COMMENT 'day of publication, yyyymmdd; 0: not known',
    release     UInt32 COMMENT 'visible when release.id has it',
    value       Nullable(Decimal(38, 10)) COMMENT 'none where the status is M',
    denominator Nullable(Decimal(38, 10)),
    status      LowCardinality(String) COMMENT 'A normal, P provisional, E estimated, B break in series, C confidential, M missing',
    note        String CODEC(ZSTD(1)),
    citation    String CODEC(ZSTD(1)),
    file        LowCardinality(String),
    sheet       LowCardinality(String),
    line        UInt32 COMMENT 'of the file or sheet, from 1',
    column      LowCardinality(String)
)
ENGINE = MergeTree
ORDER BY (indicator, year, unit, breakdown, published, release)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
