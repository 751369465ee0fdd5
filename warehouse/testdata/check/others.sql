-- The ranked units beyond the first five ranks taken as one (numbers.md, section 4): a
-- sum, or a ratio or mean of sums, and their share of the sum of all ranked.
WITH ranked AS
(
    SELECT m.*, f.n AS n, f.m AS of, f.fd AS d, rank() OVER (PARTITION BY indicator, year, level ORDER BY place) AS rank
    FROM (SELECT * FROM check_measure WHERE by = 'VALUE' AND lack = '') AS m
    INNER JOIN check_figure AS f ON f.indicator = m.indicator AND f.unit = m.unit AND f.year = m.year
)
SELECT each.1, indicator, level, year, each.2
FROM
(
    SELECT
        indicator, level, year, countIf(rank > 5) AS count, sumIf(v, rank > 5) AS rest, sum(v) AS total, sumIf(n, rank > 5) AS rest_n, sumIf(of, rank > 5) AS rest_m,
        arrayJoin([
            ('others', toString(count)),
            ('value of others', if(any(ranked.kind) = 'mean', concat(toString(rest_n), '/', toString(rest_m)), concat(toString(rest), '/100'))),
            ('rate of others', if(any(ranked.kind) IN ('ratio', 'attainment'), concat(toString(rest_n), '/', toString(rest_m)), 'NOT_A_PERCENTAGE')),
            ('share of others', if(any(ranked.kind) IN ('count', 'amount') AND total > 0, concat(toString(rest * 100), '/', toString(total)), 'NOT_APPLICABLE'))
        ]) AS each
    FROM ranked
    WHERE indicator NOT LIKE 'reported%' AND year % 3 = 2
    GROUP BY indicator, level, year
    HAVING count > 0
)
