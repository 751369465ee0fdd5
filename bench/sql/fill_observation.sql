-- Synthetic observations: one for each indicator, year and commune, in the order
-- of the table. A commune has a size and a yearly step of its own, in tenths.
INSERT INTO observation (indicator, year, unit, breakdown, published, release, value, status, note, citation, file, line, column)
WITH
    intDiv(number, {years:UInt64} * {communes:UInt64}) AS i,
    intDiv(number, {communes:UInt64}) % {years:UInt64} AS y,
    {first:UInt32} + number % {communes:UInt64} AS key,
    cityHash64(i, key) AS own
SELECT
    concat('synthetic-', leftPad(toString(i + 1), 3, '0')),
    {since:UInt16} + y,
    key,
    '',
    {published:UInt32},
    {release:UInt32},
    toDecimal128(10000 + own % 90000 + y * (own % 700) + cityHash64(own, y) % 1000, 10) / 10,
    'A',
    '',
    '',
    'synthetic',
    number % 1000000000 + 1,
    'value'
FROM numbers({facts:UInt64})
SETTINGS max_execution_time = 0, max_rows_to_read = 0
