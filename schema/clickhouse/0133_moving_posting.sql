-- Writes what is staged into posting, where the ledger enters the observation at its position.
CREATE MATERIALIZED VIEW IF NOT EXISTS moving_posting TO {database}.posting AS
SELECT
    indicator, year, unit, breakdown, position, release AS loaded, toInt8(1) AS sign,
    if(bitAnd(has, 1) > 0, reinterpret(bitShiftLeft(toInt128(value_high), 64) + toInt128(value_low), 'Decimal(38, 10)'), toDecimal128(0, 10)) AS value,
    if(bitAnd(has, 3) = 3, reinterpret(bitShiftLeft(toInt128(denominator_high), 64) + toInt128(denominator_low), 'Decimal(38, 10)'), toDecimal128(0, 10)) AS denominator,
    tally, flaws, doubts, approximations
FROM {database}.moving
WHERE bitAnd(has, 4) > 0
