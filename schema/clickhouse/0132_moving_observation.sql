-- Writes what is staged into observation.
CREATE MATERIALIZED VIEW IF NOT EXISTS moving_observation TO {database}.observation AS
SELECT
    indicator, year, unit, breakdown, published, release,
    if(bitAnd(has, 1) > 0, reinterpret(bitShiftLeft(toInt128(value_high), 64) + toInt128(value_low), 'Decimal(38, 10)'), NULL) AS value,
    if(bitAnd(has, 2) > 0, reinterpret(bitShiftLeft(toInt128(denominator_high), 64) + toInt128(denominator_low), 'Decimal(38, 10)'), NULL) AS denominator,
    status, note, citation, file, sheet, line, column, since, approximation
FROM {database}.moving
