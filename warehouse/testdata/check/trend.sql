-- The trends of districts (section Trend), over the years with a figure since the
-- last break: the test of Mann and Kendall, the median slope of all pairs with its
-- limits, the line of least squares with its R² and its continuation for three
-- years, the deviation of the changes from year to year, and Pettitt's test.
WITH
    series AS
    (
        SELECT
            indicator, unit, arraySort(x -> x.1, groupArray((toInt32(year), lack, n, m, broken))) AS every,
            arrayFilter(x -> x.2 = '', every) AS known,
            arrayFilter(x -> x.5 AND length(known) > 0 AND x.1 > known[1].1, every) AS cuts,
            if(empty(cuts), 0, cuts[-1].1) AS since,
            arrayFilter(x -> x.1 >= since, known) AS points,
            length(points) AS count, toFloat64(count) AS c,
            arrayMap(x -> toFloat64(x.1 - points[1].1), points) AS xs, arrayMap(x -> toFloat64(x.3) / toFloat64(x.4), points) AS ys,
            arrayFilter(p -> p.1.1 < p.2.1, arrayFlatten(arrayMap(a -> arrayMap(b -> (a, b), points), points))) AS pairs
        FROM check_figure
        WHERE level = 'district' AND (indicator LIKE '%-1' OR indicator IN ('ratio-2', 'count-5'))
        GROUP BY indicator, unit
    ),
    test AS
    (
        SELECT
            *, arraySum(p -> sign(p.2.3 * p.1.4 - p.1.3 * p.2.4), pairs) AS s, length(pairs) AS many,
            arrayMap(a -> arrayCount(b -> b.3 * a.4 = a.3 * b.4, points), points) AS ties,
            count * (count - 1) * (2 * count + 5) - arraySum(t -> (t - 1) * (2 * t + 5), ties) AS variance,
            if(s = 0, 0, (abs(s) - 1) / sqrt(variance / 18)) * sign(s) AS z,
            count < 10 AND arrayMax(ties) = 1 AS exact,
            if(count < 10, {orders:Array(Array(UInt32))}[count + 1], []) AS orders,
            arraySum((n, k) -> if(abs(toInt64(many) - 2 * (toInt64(k) - 1)) >= abs(s), n, 0), orders, arrayEnumerate(orders)) AS rare, arraySum(orders) AS all,
            if(exact, rare / all, erfc(abs(z) / sqrt(2))) AS p,
            arraySort(arrayMap(p -> toFloat64(p.2.3 * p.1.4 - p.1.3 * p.2.4) / toFloat64(p.1.4 * p.2.4) / (p.2.1 - p.1.1), pairs)) AS slopes,
            if(exact, arrayCount(n -> 40 * n <= all, arrayCumSum(orders)), toInt64(floor((many - {normal:Float64} * sqrt(variance / 18)) / 2))) AS place,
            arraySum(xs) / c AS mean_x, arraySum(ys) / c AS mean_y, arraySum(x -> (x - mean_x) * (x - mean_x), xs) AS xx,
            arraySum((x, y) -> (x - mean_x) * (y - mean_y), xs, ys) / xx AS slope, mean_y - slope * mean_x AS intercept,
            arraySum(y -> (y - mean_y) * (y - mean_y), ys) AS yy,
            arraySum((x, y) -> (y - intercept - slope * x) * (y - intercept - slope * x), xs, ys) AS errors,
            -- Pettitt: U of each year that the series could be cut before.
            arrayMap(k -> abs(arraySum(i -> arraySum(j -> sign(points[j].3 * points[i].4 - points[i].3 * points[j].4), range(k + 1, count + 1)), range(1, k + 1))), range(1, toUInt32(count))) AS u,
            arrayMax(u) AS most, indexOf(u, most) AS cut,
            least(1, 2 * exp(-6 * most * most / (c * c * c + c * c))) AS shifted,
            (arrayReduce('varPop', arraySlice(ys, 1, cut)) * cut + arrayReduce('varPop', arraySlice(ys, cut + 1)) * (count - cut)) AS levels
        FROM series
        WHERE count >= 3
    )
SELECT each.1, indicator, unit, 2020, each.2
FROM
(
    SELECT
        indicator, unit, arrayJoin([
            ('S', toString(s)), ('variance of S', concat(toString(variance), '/18')), ('z', concat('~', toString(z))),
            ('p', if(exact, concat(toString(rare), '/', toString(all)), concat('~', toString(p)))), ('test', if(exact, 'EXACT', 'NORMAL')),
            ('median slope', concat('~', toString(arrayReduce('quantileExactInclusive(0.5)', slopes)))),
            ('lower slope', if(place > 0, concat('~', toString(slopes[place])), '')), ('upper slope', if(place > 0, concat('~', toString(slopes[many - place + 1])), '')),
            ('slope of the line', concat('~', toString(slope))), ('start of the line', concat('~', toString(intercept))),
            ('R²', if(yy = 0, '', concat('~', toString(1 - errors / yy)))),
            ('trend', multiIf(count < 5, 'UNDECIDED', p > 0.05, 'NO_CLEAR_TREND', s > 0, 'RISING', 'FALLING'))
        ]) AS each
    FROM test
)
WHERE each.2 != ''
UNION ALL
SELECT 'breaks', indicator, unit, 2020, toString(arrayMap(x -> x.1, arrayFilter(x -> x.5, every))) FROM series
UNION ALL
SELECT 'years of the trend', indicator, unit, 2020, toString(arrayMap(x -> x.1, points)) FROM series
UNION ALL
SELECT 'suggested break', indicator, unit, points[cut + 1].1, concat('~', toString(shifted)) FROM test WHERE most > 0 AND shifted <= 0.05 AND levels < errors
UNION ALL
SELECT each.1, indicator, unit, points[-1].1 + ahead, concat('~', toString(height + each.2 * margin))
FROM
(
    SELECT
        *, ahead, xs[-1] + ahead AS x, intercept + slope * x AS height,
        {student:Array(Float64)}[count - 2] * sqrt(errors / (c - 2) * (1 + 1 / c + (x - mean_x) * (x - mean_x) / xx)) AS margin
    FROM test ARRAY JOIN [1, 2, 3] AS ahead
    WHERE count >= 6
)
ARRAY JOIN [('projection', 0), ('lower limit', -1), ('upper limit', 1)] AS each
UNION ALL
SELECT 'volatility', indicator, unit, 2020, multiIf(length(bad) > 0, bad[1], length(changes) < 2, 'TOO_FEW_VALUES', concat('~', toString(arrayReduce('stddevSamp', changes))))
FROM
(
    SELECT
        indicator, unit, arrayFilter(p -> p.2.1 = p.1.1 + 1, arrayZip(arrayPopBack(points), arrayPopFront(points))) AS steps,
        arrayMap(p -> if(p.1.3 = 0, 'BASE_ZERO', 'BASE_NEGATIVE'), arrayFilter(p -> p.1.3 <= 0, steps)) AS bad,
        arrayMap(p -> (toFloat64(p.2.3) * toFloat64(p.1.4) / toFloat64(p.2.4) / toFloat64(p.1.3) - 1) * 100, steps) AS changes
    FROM series
    WHERE count > 0
)
