-- Postings of units × years × indicators, as release 1 of 1 January 2024. From each
-- year of turns on they are those of the next so many units.
INSERT INTO posting
WITH {since:UInt16} + intDiv(number, {units:UInt64}) % {years:UInt64} AS of
SELECT
    'i' || toString(intDiv(number, {units:UInt64} * {years:UInt64})), of,
    {first:UInt32} + {units:UInt64} * arrayCount(turn -> of >= turn, {turns:Array(UInt16)}) + number % {units:UInt64}, '',
    bitShiftLeft(toUInt64(20240101), 32) + 1, 1, 1, toDecimal128(number % 1000 / 10, 10), toDecimal128(1000, 10),
    1 + bitShiftLeft(toInt64(1), 42), 0, 0
FROM numbers({units:UInt64} * {years:UInt64} * {indicators:UInt64})
