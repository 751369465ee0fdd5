-- Who gained and who lost since 2015, in the country (numbers.md, section 3). A
-- commune was judged in a year when it has a value, and met the criterion when that is 1.
SELECT each.1, indicator, 'C', year, toString(each.2)
FROM
(
    SELECT
        indicator, year, arrayJoin([
            ('gained', countIf(judged AND c.fv = 100 AND b.fv = 0)),
            ('lost', countIf(judged AND c.fv = 0 AND b.fv = 100)),
            ('kept', countIf(judged AND c.fv = 100 AND b.fv = 100)),
            ('never', countIf(judged AND c.fv = 0 AND b.fv = 0)),
            ('unjudged', countIf(NOT judged))
        ]) AS each
    FROM
    (
        SELECT c.indicator AS indicator, c.year AS year, c.fv AS `c.fv`, b.fv AS `b.fv`, c.lack = '' AND b.lack = '' AS judged
        FROM check_figure AS c INNER JOIN check_figure AS b ON b.indicator = c.indicator AND b.unit = c.unit AND b.year = 2015 AND c.year != 2015
        WHERE c.indicator = 'attainment-1' AND c.level = 'commune'
    )
    GROUP BY indicator, year
)
