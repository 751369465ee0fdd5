-- Ranks of the units of each parent among themselves (numbers.md, section 4): as rank.sql
-- has them of a level, of the districts of each province and some of the communes.
WITH
    grouped AS
    (
        SELECT m.*, within.1 AS inside, within.2 AS parent
        FROM check_measure AS m
        INNER JOIN check_place AS p ON p.unit = m.unit
        ARRAY JOIN [
            ('province', if(m.level = 'district', p.a1, '')), ('district', if(m.level = 'commune' AND m.indicator LIKE '%-1', p.a1, '')),
            ('province', if(m.level = 'commune' AND m.indicator = 'ratio-1', p.a2, ''))] AS within
        WHERE m.by IN ('VALUE', 'PERCENT') AND m.year % 3 = 2 AND within.2 != ''
    ),
    missing AS
    (
        SELECT by, indicator, year, level, inside, parent, countIf(lack != '' AND NOT never) AS missing, count() AS universe
        FROM grouped GROUP BY by, indicator, year, level, inside, parent
    ),
    ranked AS
    (
        SELECT
            *, rank() OVER w AS rank, count() OVER a AS units,
            first_value(p) OVER o AS best_p, first_value(q) OVER o AS best_q, avg(toFloat64(p) / toFloat64(q)) OVER a AS mean
        FROM grouped
        WHERE lack = ''
        WINDOW
            w AS (PARTITION BY by, indicator, year, level, inside, parent ORDER BY place),
            o AS (PARTITION BY by, indicator, year, level, inside, parent ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
            a AS (PARTITION BY by, indicator, year, level, inside, parent)
    ),
    last AS
    (
        SELECT
            by, indicator, year, level, inside, parent, any(mean) AS mean,
            argMax((rank, p * 100 = q * if(lowest, ends[2], ends[1]) AND if(lowest, length(ends) > 1, length(ends) > 0)), place) AS l, count() AS of, arraySort(groupArray(unit)) AS who
        FROM ranked GROUP BY by, indicator, year, level, inside, parent
    )
SELECT each.1, concat(indicator, ' by ', by, ' within ', inside), unit, year, each.2
FROM
(
    SELECT
        r.*, arrayJoin([
            ('rank within', toString(rank)), ('quartile within', toString(1 + intDiv(4 * (rank - 1), units))),
            ('gap to best within', concat(toString(p * best_q - best_p * q), '/', toString(q * best_q))),
            ('gap to mean within', concat('~', toString(toFloat64(p) / toFloat64(q) - mean))),
            ('best rank within', toString(rank)),
            ('worst rank within', toString(if(arrayExists(e -> p * 100 = e * q, arraySlice(ends, if(lowest, 1, 2), 1)), rank, rank + m.missing)))
        ]) AS each
    FROM ranked AS r INNER JOIN missing AS m USING (by, indicator, year, level, inside, parent)
)
UNION ALL
SELECT each.1, concat(indicator, ' by ', by, ' within ', inside), unit, year, each.2
FROM (SELECT * FROM grouped WHERE lack != '' AND NOT never) AS u
INNER JOIN missing AS m USING (by, indicator, year, level, inside, parent)
LEFT JOIN last AS l USING (by, indicator, year, level, inside, parent)
ARRAY JOIN [('best rank within', '1'), ('worst rank within', toString(m.missing + if(l.l.2, l.l.1 - 1, l.of)))] AS each
UNION ALL
SELECT each.1, concat(indicator, ' by ', by, ' within ', inside), concat(parent, ' of ', level), year, each.2
FROM missing AS m
LEFT JOIN last AS l USING (by, indicator, year, level, inside, parent)
ARRAY JOIN [('ranked within', concat(toString(l.of), ' of ', toString(m.universe))), ('mean within', if(l.of > 0, concat('~', toString(l.mean)), 'MISSING'))] AS each
UNION ALL
SELECT each.1, concat(c.indicator, ' by VALUE within ', c.inside), c.unit, c.year, toString(each.2)
FROM ranked AS c
INNER JOIN ranked AS b ON b.by = c.by AND b.indicator = c.indicator AND b.unit = c.unit AND b.inside = c.inside AND b.year = 2015
INNER JOIN last AS s ON s.by = c.by AND s.indicator = c.indicator AND s.inside = c.inside AND s.parent = c.parent AND s.year = c.year AND s.level = c.level
INNER JOIN last AS t ON t.by = c.by AND t.indicator = c.indicator AND t.inside = c.inside AND t.parent = c.parent AND t.year = 2015 AND t.level = c.level
ARRAY JOIN [('base rank within', toInt64(b.rank)), ('movement within', toInt64(b.rank) - toInt64(c.rank))] AS each
WHERE c.by = 'VALUE' AND c.year != 2015 AND s.who = t.who
