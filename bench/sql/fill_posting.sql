-- The ledger of the synthetic observations: each is posted once. The tally says
-- of each that it has a value, no denominator, and the status A (table posting).
INSERT INTO posting (indicator, year, unit, breakdown, position, loaded, sign, value, denominator, tally, flaws, doubts)
SELECT
    indicator, year, unit, breakdown,
    bitShiftLeft(toUInt64(published), 32) + release,
    release, 1, assumeNotNull(value), 0,
    1 + bitShiftLeft(toInt64(1), 21) + bitShiftLeft(toInt64(1), 42), 0, 0
FROM observation
SETTINGS max_execution_time = 0, max_rows_to_read = 0
