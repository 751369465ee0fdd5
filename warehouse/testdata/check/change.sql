-- Changes of every figure from 2015, and how far the two may be compared (numbers.md,
-- section 3). A break in a year after the earlier and up to the later one leaves no change.
WITH
    breaks AS (SELECT indicator, unit, groupArrayIf(year, broken) AS years FROM check_figure GROUP BY indicator, unit),
    pairs AS
    (
        SELECT
            c.indicator AS indicator, c.unit AS unit, c.year AS year, c.kind AS kind, c.n AS n1, c.m AS m1, b.n AS n0, b.m AS m0, c.q AS q1, c.r AS r1, b.q AS q0, b.r AS r0,
            arrayExists(y -> y > least(c.year, 2015) AND y <= greatest(c.year, 2015), breaks.years) AS broken,
            multiIf(broken, 'NOT_COMPARABLE', c.lack = 'MISSING', 'CURRENT_MISSING', c.lack != '', c.lack, b.lack = 'MISSING', 'BASE_MISSING', b.lack) AS lack,
            multiIf(lack != '', lack, b.q = 0, 'BASE_ZERO', b.q < 0, 'BASE_NEGATIVE', '') AS none,
            multiIf(
                broken, 'BREAK',
                c.reported * b.of != b.reported * c.of, 'COVERAGE_DIFFERS',
                c.origin = 'COMPUTED' AND b.origin = 'COMPUTED' AND c.reported < c.of AND c.who != b.who, 'COVERAGE_DIFFERS',
                c.kind = 'attainment' AND c.lack = '' AND b.lack = '' AND c.fd != b.fd, 'COVERAGE_DIFFERS',
                c.origin != b.origin AND ((c.is_own AND c.rolled_lack = '' AND c.apart) OR (b.is_own AND b.rolled_lack = '' AND b.apart)), 'COVERAGE_DIFFERS',
                'COMPARABLE') AS verdict,
            pow(toFloat64(c.q) * toFloat64(b.r) / toFloat64(c.r) / toFloat64(b.q), 1 / (c.year - 2015)) * 100 - 100 AS cagr
        FROM (SELECT *, if(kind = 'mean', n * rolled_m != rolled_n * m, fv != rolled_v) AS apart FROM check_figure) AS c
        INNER JOIN (SELECT *, if(kind = 'mean', n * rolled_m != rolled_n * m, fv != rolled_v) AS apart FROM check_figure) AS b
            ON b.indicator = c.indicator AND b.unit = c.unit AND b.year = 2015 AND c.year != 2015 AND c.asked
        INNER JOIN breaks ON breaks.indicator = c.indicator AND breaks.unit = c.unit
    )
SELECT each.1, indicator, unit, year, if(each.3 = '', each.2, each.3)
FROM
(
    SELECT *, arrayJoin([
        ('absolute', concat(toString(q1 * r0 - q0 * r1), '/', toString(r0 * r1)), lack),
        ('points', concat(toString(n1 * m0 - n0 * m1), '/', toString(m0 * m1)), multiIf(indicator LIKE 'ratio-4%', 'NOT_A_PERCENTAGE', broken OR kind IN ('ratio', 'attainment'), lack, 'NOT_A_PERCENTAGE')),
        ('percent', concat(toString((q1 * r0 - q0 * r1) * 100), '/', toString(q0 * r1)), none),
        ('index', concat(toString(q1 * r0 * 100), '/', toString(q0 * r1)), none),
        ('cagr', concat('~', toString(cagr)), multiIf(none != '', none, q1 <= 0 OR year <= 2015, 'NOT_APPLICABLE', '')),
        ('verdict', verdict, '')
    ]) AS each
    FROM pairs
)
