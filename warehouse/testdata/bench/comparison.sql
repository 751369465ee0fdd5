-- The least that sums the facts of a comparison by district.
SELECT
    year, dictGet('hierarchy', 'place', toUInt64(unit) * 32 + 2, toUInt32(20201231)) AS district,
    sum(value), sum(denominator), count()
FROM posting
WHERE indicator = {indicator:String} AND year IN (2019, 2020)
GROUP BY year, district
