-- Ranks by value of the units of each level, fewest first for counts and the most
-- first for the rest, with the quartile, share and gap to the best (numbers.md, section 4).
-- A unit's rank is one more than the units that are better; in dense ranks a tie counts once.
WITH
    ranked AS (SELECT * FROM check_figure WHERE lack = '' AND level != 'country'),
    pairs AS
    (
        SELECT
            a.indicator AS indicator, a.year AS year, a.level AS level, a.unit AS unit, a.n AS n, a.m AS m, a.v AS v,
            countIf(if(a.kind = 'count', o.n * a.m < a.n * o.m, o.n * a.m > a.n * o.m)) AS before,
            countIf(o.n * a.m = a.n * o.m AND o.unit < a.unit) = 0 AS first, count() AS units, sum(o.v) AS total
        FROM ranked AS a INNER JOIN ranked AS o ON o.indicator = a.indicator AND o.year = a.year AND o.level = a.level
        GROUP BY indicator, year, level, unit, n, m, v
    )
SELECT each.1, indicator, unit, year, each.2
FROM
(
    SELECT
        a.indicator AS indicator, a.unit AS unit, a.year AS year, splitByChar('-', indicator)[1] AS kind,
        arrayJoin([
            ('rank', toString(a.before + 1)),
            ('dense', toString(1 + countIf(o.first AND o.before < a.before))),
            ('quartile', toString(1 + intDiv(4 * a.before, a.units))),
            ('gap to best', concat(toString(a.n * anyIf(o.m, o.before = 0) - anyIf(o.n, o.before = 0) * a.m), '/', toString(a.m * anyIf(o.m, o.before = 0)))),
            ('gap to mean', if(kind IN ('count', 'amount'), concat(toString(a.v * a.units - a.total), '/', toString(toInt256(a.units) * 100)), '')),
            ('share', if(kind IN ('count', 'amount'), if(a.total <= 0, '', concat(toString(a.v * 100), '/', toString(a.total))), ''))
        ]) AS each
    FROM pairs AS a INNER JOIN pairs AS o ON o.indicator = a.indicator AND o.year = a.year AND o.level = a.level
    GROUP BY a.indicator, a.year, a.level, a.unit, a.before, a.units, a.n, a.m, a.v, a.total
)
WHERE each.2 != ''
