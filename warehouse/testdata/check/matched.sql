-- The country in both years, of the communes that have both (numbers.md, section 3).
SELECT each.1, indicator, 'C', year, if(3 * both < 2 * expected, 'COVERAGE_LOW', concat(toString(each.2), '/', toString(each.3)))
FROM
(
    SELECT
        c.indicator AS indicator, c.year AS year, c.kind AS kind, countIf(c.lack = '' AND b.lack = '') AS both, count() AS expected,
        sumIf(c.fv, c.lack = '' AND b.lack = '') AS v1, sumIf(b.fv, c.lack = '' AND b.lack = '') AS v0, sumIf(c.fd, c.lack = '' AND b.lack = '') AS d1, sumIf(b.fd, c.lack = '' AND b.lack = '') AS d0, sumIf(c.fv * c.fd, c.lack = '' AND b.lack = '') AS w1, sumIf(b.fv * b.fd, c.lack = '' AND b.lack = '') AS w0,
        arrayJoin([
            ('matched current', toInt256(multiIf(kind = 'mean', w1, kind IN ('ratio', 'attainment'), v1 * 100, v1)), toInt256(multiIf(kind = 'mean', d1 * 100, kind IN ('ratio', 'attainment'), d1, 100))),
            ('matched base', toInt256(multiIf(kind = 'mean', w0, kind IN ('ratio', 'attainment'), v0 * 100, v0)), toInt256(multiIf(kind = 'mean', d0 * 100, kind IN ('ratio', 'attainment'), d0, 100)))
        ]) AS each
    FROM check_figure AS c INNER JOIN check_figure AS b ON b.indicator = c.indicator AND b.unit = c.unit AND b.year = 2015 AND c.year != 2015
    WHERE c.level = 'commune' AND c.indicator LIKE '%-1'
    GROUP BY indicator, year, kind
)
