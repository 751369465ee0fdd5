-- How many cells the releases after one and up to another added, by indicator,
-- year, breakdown and level of unit, and how often they replaced or withdrew one. id + 31 asks the dictionary for the unit's own level.
SELECT
    indicator, year, breakdown,
    bitShiftRight(dictGetOrDefault('hierarchy', 'place', toUInt64(unit) * 32 + 31, toUInt32(20000101), toUInt64(-1)) AS own, 32) AS level,
    sum(sign) AS cells, min(loaded) AS first, min(position) AS since,
    countIf(sign < 0) AS reversals, minIf(loaded, sign < 0) AS first_reversal, minIf(position, sign < 0) AS reversed_since
FROM posting
WHERE loaded > {after:UInt32} AND loaded <= {head:UInt32} AND loaded IN (SELECT id FROM release)
    AND own != toUInt64(-1)
GROUP BY indicator, year, breakdown, level
