-- Postings of units × 20 years from 2005 × 250 indicators, as release 1 of 1 January 2024.
INSERT INTO posting
SELECT
    'i' || toString(intDiv(number, {units:UInt64} * 20)), 2005 + intDiv(number, {units:UInt64}) % 20, {first:UInt32} + number % {units:UInt64}, '',
    bitShiftLeft(toUInt64(20240101), 32) + 1, 1, 1, toDecimal128(number % 1000 / 10, 10), toDecimal128(1000, 10),
    1 + bitShiftLeft(toInt64(1), 42), 0, 0
FROM numbers({units:UInt64} * 20 * 250)
