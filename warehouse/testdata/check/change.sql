-- Changes of every figure from 2015 (numbers.md, section 3).
WITH pairs AS
(
    SELECT
        c.indicator AS indicator, c.unit AS unit, c.year AS year, c.kind AS kind, c.n AS n1, c.m AS m1, b.n AS n0, b.m AS m0, c.q AS q1, c.r AS r1, b.q AS q0, b.r AS r0,
        multiIf(c.lack = 'MISSING', 'CURRENT_MISSING', c.lack != '', c.lack, b.lack = 'MISSING', 'BASE_MISSING', b.lack) AS lack,
        multiIf(lack != '', lack, b.q = 0, 'BASE_ZERO', b.q < 0, 'BASE_NEGATIVE', '') AS none,
        pow(toFloat64(c.q) * toFloat64(b.r) / toFloat64(c.r) / toFloat64(b.q), 1 / (c.year - 2015)) * 100 - 100 AS cagr
    FROM check_figure AS c INNER JOIN check_figure AS b ON b.indicator = c.indicator AND b.unit = c.unit AND b.year = 2015 AND c.year != 2015
)
SELECT each.1, indicator, unit, year, if(each.3 = '', each.2, each.3)
FROM
(
    SELECT *, arrayJoin([
        ('absolute', concat(toString(q1 * r0 - q0 * r1), '/', toString(r0 * r1)), lack),
        ('points', concat(toString(n1 * m0 - n0 * m1), '/', toString(m0 * m1)), if(kind IN ('ratio', 'attainment'), lack, multiIf(lack = 'MISSING', lack, 'none'))),
        ('percent', concat(toString((q1 * r0 - q0 * r1) * 100), '/', toString(q0 * r1)), none),
        ('index', concat(toString(q1 * r0 * 100), '/', toString(q0 * r1)), none),
        ('cagr', concat('~', toString(cagr)), multiIf(none != '', none, q1 <= 0 OR year <= 2015, 'NOT_APPLICABLE', ''))
    ]) AS each
    FROM pairs
)
WHERE each.3 != 'none'
