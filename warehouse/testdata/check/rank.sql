-- Ranks of the units of each level by each order, with what goes with them (numbers.md,
-- section 4). Whose figures are missing pass all others at worst; nobody passes a
-- unit at the end of the scale, and at worst they share the other end.
WITH
    missing AS
    (
        SELECT by, indicator, year, level, countIf(lack != '' AND NOT never) AS missing, count() AS universe
        FROM check_measure GROUP BY by, indicator, year, level
    ),
    ranked AS
    (
        SELECT
            *, rank() OVER w AS rank, dense_rank() OVER w AS dense, count() OVER a AS units, sum(v) OVER a AS total,
            first_value(p) OVER o AS best_p, first_value(q) OVER o AS best_q, avg(toFloat64(p) / toFloat64(q)) OVER a AS mean,
            min(q) OVER a = 100 AND max(q) OVER a = 100 AS decimal, sum(p) OVER a AS sum
        FROM check_measure
        WHERE lack = ''
        WINDOW
            w AS (PARTITION BY by, indicator, year, level ORDER BY place),
            o AS (PARTITION BY by, indicator, year, level ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
            a AS (PARTITION BY by, indicator, year, level)
    ),
    last AS
    (
        SELECT
            by, indicator, year, level, argMax((rank, p * 100 = q * if(lowest, ends[2], ends[1]) AND if(lowest, length(ends) > 1, length(ends) > 0)), place) AS l,
            count() AS of
        FROM ranked GROUP BY by, indicator, year, level
    )
SELECT each.1, concat(indicator, ' by ', by), unit, year, each.2
FROM
(
    SELECT
        r.*, arrayJoin([
            ('rank', toString(rank)), ('dense rank', toString(dense)), ('quartile', toString(1 + intDiv(4 * (rank - 1), units))),
            ('gap to best', concat(toString(p * best_q - best_p * q), '/', toString(q * best_q))),
            ('gap to mean', if(decimal, concat(toString(p * units - sum), '/', toString(toInt256(units) * 100)), concat('~', toString(toFloat64(p) / toFloat64(q) - mean)))),
            ('share', multiIf(by != 'VALUE', '', kind IN ('count', 'amount') AND total > 0, concat(toString(v * 100), '/', toString(total)), 'NOT_APPLICABLE')),
            ('best rank', toString(rank)),
            ('worst rank', toString(if(arrayExists(e -> p * 100 = e * q, arraySlice(ends, if(lowest, 1, 2), 1)), rank, rank + m.missing)))
        ]) AS each
    FROM ranked AS r INNER JOIN missing AS m ON m.by = r.by AND m.indicator = r.indicator AND m.year = r.year AND m.level = r.level
)
WHERE each.2 != ''
UNION ALL
SELECT each.1, concat(u.indicator, ' by ', u.by), u.unit, u.year, each.2
FROM check_measure AS u
INNER JOIN missing AS m ON m.by = u.by AND m.indicator = u.indicator AND m.year = u.year AND m.level = u.level
LEFT JOIN last AS l ON l.by = u.by AND l.indicator = u.indicator AND l.year = u.year AND l.level = u.level
ARRAY JOIN [('best rank', '1'), ('worst rank', toString(m.missing + if(l.l.2, l.l.1 - 1, l.of)))] AS each
WHERE u.lack != '' AND NOT u.never
UNION ALL
SELECT 'ranked', concat(m.indicator, ' by ', m.by), m.level, m.year, concat(toString(l.of), ' of ', toString(m.universe))
FROM missing AS m
LEFT JOIN last AS l ON l.by = m.by AND l.indicator = m.indicator AND l.year = m.year AND l.level = m.level
