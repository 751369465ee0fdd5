-- The ledger that figures are summed from. An entry is +1 or −1 and everything
-- in it is signed already, so that the plain sum over the entries up to any
-- position is the sum over what was current there. No row ever changes.
--
-- Counts stand side by side in one number, 21 bits each, because one sum over
-- three narrow columns costs less than eight sums over two:
--   tally   known + bare × 2^21 + status A × 2^42
--   flaws   status M + C × 2^21 + B × 2^42
--   doubts  status E + P × 2^21
-- known: it has a value. bare: it has a value and no denominator.
--
-- There is no projection by unit: no query of the program filters by unit.
CREATE TABLE IF NOT EXISTS posting
(
    indicator   LowCardinality(String),
    year        UInt16,
    unit        UInt32 COMMENT 'unit_key.key',
    breakdown   LowCardinality(String) COMMENT 'empty: the total',
    position    UInt64 COMMENT 'day of publication yyyymmdd × 2^32 + release: from here on it counts',
    loaded      UInt32 COMMENT 'the release that wrote it; visible when release.id has it',
    sign        Int8,
    value       Decimal(38, 10) COMMENT 'signed; 0 where there is none',
    denominator Decimal(38, 10) COMMENT 'signed; 0 where there is none',
    tally       Int64,
    flaws       Int64,
    doubts      Int64
)
ENGINE = MergeTree
ORDER BY (indicator, year, unit, breakdown, position)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
