-- All figures of an indicator, summed anew from its postings: for each year and level how
-- many there are, their total, and a checksum of what each of them is made of.
SELECT
    year, level, count(), toString(sum(value)), toString(sum(denominator)),
    sum(cityHash64(breakdown, place, value, denominator, tally, flaws, doubts, reporter, approximations))
FROM (
    SELECT
        year, breakdown, level,
        dictGetOrDefault('hierarchy', 'place', toUInt64(unit) * 32 + level, toUInt32(year * 10000 + 1231), toUInt64(unit)) AS place,
        sum(p.value) AS value, sum(p.denominator) AS denominator, sum(p.tally) AS tally, sum(p.flaws) AS flaws, sum(p.doubts) AS doubts,
        sum(p.reporter) AS reporter, sum(p.approximations) AS approximations
    FROM posting AS p
    ARRAY JOIN range(toUInt8(1 + intDiv(assumeNotNull((SELECT max(place) FROM place)), 4294967296))) AS level
    WHERE indicator = {indicator:String} AND loaded IN (SELECT id FROM release)
    GROUP BY year, breakdown, level, place
)
GROUP BY year, level
ORDER BY year, level
SETTINGS max_execution_time = 0, max_rows_to_read = 0
