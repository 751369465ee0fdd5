-- The trends of districts with a figure of at least three years (section Trend):
-- S of Mann and Kendall, the median slope of all pairs, the line of least squares
-- and the deviation of the changes from year to year.
SELECT each.1, indicator, unit, 2020, each.2
FROM
(
    SELECT
        indicator, unit,
        arraySort(p -> p.1, groupArray((toInt32(year), n, m))) AS points,
        arrayFilter(p -> p.1.1 < p.2.1, arrayFlatten(arrayMap(a -> arrayMap(b -> (a, b), points), points))) AS pairs,
        arrayMap(p -> toFloat64(p.2.2 * p.1.3 - p.1.2 * p.2.3) / toFloat64(p.1.3 * p.2.3) / (p.2.1 - p.1.1), pairs) AS slopes,
        simpleLinearRegression(toFloat64(year) - 2015, toFloat64(n) / toFloat64(m)) AS line,
        corr(toFloat64(year) - 2015, toFloat64(n) / toFloat64(m)) AS r,
        arrayJoin([
            ('S', toString(arraySum(p -> sign(p.2.2 * p.1.3 - p.1.2 * p.2.3), pairs))),
            ('slope of Theil and Sen', concat('~', toString(arrayReduce('quantileExactInclusive(0.5)', slopes)))),
            ('slope of the line', concat('~', toString(line.1))),
            ('R²', if(isNaN(r), '', concat('~', toString(r * r))))
        ]) AS each
    FROM check_figure
    WHERE lack = '' AND level = 'district'
    GROUP BY indicator, unit
    HAVING count() >= 3
)
WHERE each.2 != ''
