-- Growth from each year to the next, ranked beforehand.
CREATE MATERIALIZED VIEW district_growth AS
SELECT
    a.indicator, a.year, rank() OVER (PARTITION BY a.indicator, a.year ORDER BY a.value / b.value DESC)::int AS rank,
    d.code, d.name, b.value AS base, a.value AS current, a.value - b.value AS absolute, (a.value / b.value - 1) * 100 AS percent
FROM (SELECT indicator, year, district, sum(value) AS value FROM fact GROUP BY indicator, year, district) AS a
JOIN (SELECT indicator, year, district, sum(value) AS value FROM fact GROUP BY indicator, year, district) AS b
    ON b.indicator = a.indicator AND b.district = a.district AND b.year = a.year - 1
JOIN district AS d ON d.code = a.district
ORDER BY a.indicator, a.year, rank
