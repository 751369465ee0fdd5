-- Changes of the figures of provinces, districts and some communes from the year before
-- (numbers.md, section 3), whichever years were asked for. Only a break in the year itself
-- lies between the two; growth over one year is the percent.
WITH
    breaks AS (SELECT indicator, unit, groupArrayIf(year, broken) AS years FROM check_figure GROUP BY indicator, unit),
    apart AS (SELECT *, if(kind = 'mean', n * rolled_m != rolled_n * m, fv != rolled_v) AS apart FROM check_figure),
    first AS (SELECT indicator, min(year) AS year FROM check_figure GROUP BY indicator),
    pairs AS
    (
        SELECT
            c.indicator AS indicator, c.unit AS unit, c.year AS year, c.kind AS kind, c.n AS n1, c.m AS m1, b.n AS n0, b.m AS m0, c.q AS q1, c.r AS r1, b.q AS q0, b.r AS r0,
            has(breaks.years, c.year) AS broken,
            multiIf(broken, 'NOT_COMPARABLE', c.lack = 'MISSING', 'CURRENT_MISSING', c.lack != '', c.lack, b.lack = 'MISSING', 'BASE_MISSING', b.lack) AS lack,
            multiIf(lack != '', lack, b.q = 0, 'BASE_ZERO', b.q < 0, 'BASE_NEGATIVE', '') AS none,
            multiIf(
                broken, 'BREAK',
                c.reported * b.of != b.reported * c.of, 'COVERAGE_DIFFERS',
                c.origin = 'COMPUTED' AND b.origin = 'COMPUTED' AND c.reported < c.of AND c.who != b.who, 'COVERAGE_DIFFERS',
                c.kind = 'attainment' AND c.lack = '' AND b.lack = '' AND c.fd != b.fd, 'COVERAGE_DIFFERS',
                c.origin != b.origin AND ((c.is_own AND c.rolled_lack = '' AND c.apart) OR (b.is_own AND b.rolled_lack = '' AND b.apart)), 'COVERAGE_DIFFERS',
                'COMPARABLE') AS verdict
        FROM apart AS c
        INNER JOIN first ON first.indicator = c.indicator
        INNER JOIN apart AS b ON b.indicator = c.indicator AND b.unit = c.unit AND b.year = c.year - 1
        INNER JOIN breaks ON breaks.indicator = c.indicator AND breaks.unit = c.unit
        WHERE c.level != 'country' AND (c.level != 'commune' OR c.indicator LIKE '%-1' AND c.year % 3 = 2) AND c.year > first.year
    )
SELECT each.1, indicator, unit, year, if(each.3 = '', each.2, each.3)
FROM
(
    SELECT *, arrayJoin([
        ('yearly absolute', concat(toString(q1 * r0 - q0 * r1), '/', toString(r0 * r1)), lack),
        ('yearly points', concat(toString(n1 * m0 - n0 * m1), '/', toString(m0 * m1)), multiIf(indicator LIKE 'ratio-4%', 'NOT_A_PERCENTAGE', broken OR kind IN ('ratio', 'attainment'), lack, 'NOT_A_PERCENTAGE')),
        ('yearly percent', concat(toString((q1 * r0 - q0 * r1) * 100), '/', toString(q0 * r1)), none),
        ('yearly index', concat(toString(q1 * r0 * 100), '/', toString(q0 * r1)), none),
        ('yearly growth', concat('~', toString(toFloat64((q1 * r0 - q0 * r1) * 100) / toFloat64(q0 * r1))), multiIf(none != '', none, q1 <= 0, 'NOT_APPLICABLE', '')),
        ('yearly verdict', verdict, '')
    ]) AS each
    FROM pairs
)
