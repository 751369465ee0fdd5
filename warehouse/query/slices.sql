-- The facts of some indicators and years, summed to the units of some levels on
-- 31 December of each year. One row for each unit and level of facts: place is
-- that level × 2^32 + the unit's key, 0 where nothing lies above a fact.
-- The order of the key (indicator, year, unit) makes it one range of rows for
-- each indicator and year. The last column is stats.Sum.Reporters: the lowest
-- bit of tally says whether a posting has a value. What is weighted is in slices_mean.sql.
WITH
    arrayJoin({levels:Array(UInt8)}) AS level,
    dictGet('hierarchy', 'place', toUInt64(unit) * 32 + level, toUInt32(year * 10000 + 1231)) AS place
SELECT
    indicator, year, '' AS of, place,
    sum(value), sum(denominator), toDecimal256(0, 20), sum(tally), sum(flaws), sum(doubts),
    sum(bitAnd(tally, 1) * sign * reinterpretAsInt64(intHash64(unit)))
FROM posting
WHERE indicator IN {indicators:Array(String)}
    AND year IN {years:Array(UInt16)}
    AND breakdown = ''
    AND position <= {position:UInt64}
    AND loaded <= {head:UInt32}
    AND loaded NOT IN {unpublished:Array(UInt32)}
GROUP BY indicator, year, place
