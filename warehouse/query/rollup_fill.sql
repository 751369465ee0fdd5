-- Sums the postings of some releases to the places of a level: place is that of slices.sql. Of other releases
-- only the column loaded is read.
INSERT INTO rollup
SELECT
    {generation:UInt64}, {level:UInt8}, indicator, year,
    dictGetOrDefault('hierarchy', 'place', toUInt64(unit) * 32 + {level:UInt8}, toUInt32(year * 10000 + 1231), toUInt64(unit)) AS place,
    position, loaded, sum(value), sum(denominator), sum(tally), sum(flaws), sum(doubts), sum(reporter), sum(approximations)
FROM posting
PREWHERE loaded IN {releases:Array(UInt32)}
WHERE breakdown = ''
GROUP BY indicator, year, place, position, loaded
SETTINGS max_execution_time = 0, max_rows_to_read = 0
