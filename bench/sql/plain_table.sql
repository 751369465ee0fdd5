-- The facts as most would keep them: one row each, in the order in which they are asked.
CREATE TABLE bench.fact
(
    indicator LowCardinality(String),
    year      UInt16,
    commune   String,
    district  LowCardinality(String),
    value     Float64
)
ENGINE = MergeTree
ORDER BY (indicator, year, district, commune)
