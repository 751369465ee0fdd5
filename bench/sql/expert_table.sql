-- What a person who knows the question beforehand would keep for it: the sums of
-- each district, few rows to a mark, the name beside the code.
CREATE TABLE bench.expert
(
    indicator LowCardinality(String),
    year      UInt16,
    code      LowCardinality(String),
    name      LowCardinality(String),
    value     Decimal(38, 10)
)
ENGINE = MergeTree
ORDER BY (indicator, year, code)
SETTINGS index_granularity = 1024
