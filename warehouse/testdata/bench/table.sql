-- The least that sums the facts of a table by district and year.
SELECT
    indicator, year, dictGet('hierarchy', 'place', toUInt64(unit) * 32 + 2, toUInt32(year * 10000 + 1231)) AS district,
    sum(value), sum(denominator), count()
FROM posting
WHERE indicator IN {indicators:Array(String)} AND year BETWEEN 2011 AND 2020
GROUP BY indicator, year, district
