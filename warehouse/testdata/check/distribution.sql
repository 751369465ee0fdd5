-- How the communes and districts spread (section Distribution): quantiles of type 7,
-- mean, deviation, variation, Gini's coefficient Σ(2i − n − 1)·x ÷ nΣx, the
-- median distance from the median, the outliers and the bins of the histogram.
WITH
    spread AS
    (
        SELECT
            indicator, year, level, arraySort(x -> x.1, groupArray((toFloat64(n) / toFloat64(m), unit, n, m))) AS points, arrayMap(x -> x.1, points) AS xs,
            toFloat64(length(xs)) AS units, arrayReduce('quantilesExactInclusive(0.25, 0.5, 0.75)', xs) AS quarters, arraySum(xs) / units AS mean,
            arrayReduce('stddevSamp', xs) AS deviation,
            arraySort(arrayMap(x -> abs(x - quarters[2]), xs)) AS far, arrayReduce('quantileExactInclusive(0.5)', far) AS mad,
            if(mad > 0, mad / 0.6745, 1.253314 * arraySum(far) / units) AS scale
        FROM check_figure
        WHERE lack = '' AND level IN ('commune', 'district') AND (indicator LIKE '%-1' OR indicator IN ('attainment-9', 'count-5'))
        GROUP BY indicator, year, level
    ),
    -- The widths are 1, 2 and 5 × 10^k, in millionths: the largest that is not above
    -- 2·IQR ÷ n^(1/3), or above the range ÷ (⌈log2 n⌉ + 1) where the quartiles are the same; with 50 bins at most.
    arraySort(arrayFlatten(arrayMap(k -> [toInt256(exp10(k)), toInt256(2 * exp10(k)), toInt256(5 * exp10(k))], range(0, 14)))) AS widths,
    width AS
    (
        SELECT
            *, if(quarters[3] > quarters[1], 2 * (quarters[3] - quarters[1]) / cbrt(units), (xs[-1] - xs[1]) / (ceil(log2(units)) + 1)) AS asked,
            arrayFilter(w -> -floor(-xs[-1] * 1e6 / toFloat64(w)) - floor(xs[1] * 1e6 / toFloat64(w)) <= 50, widths) AS few,
            greatest(few[1], arrayFilter(w -> toFloat64(w) <= asked * 1e6, widths)[-1]) AS w,
            arrayMap(x -> intDiv(x.3 * 1000000, x.4 * w) - if((x.3 * 1000000) % (x.4 * w) < 0, 1, 0), points) AS bin,
            if(bin[-1] > bin[1] AND (points[-1].3 * 1000000) % (points[-1].4 * w) = 0, bin[-1] - 1, bin[-1]) AS last
        FROM spread
    )
SELECT each.1, indicator, level, year, each.2
FROM
(
    SELECT
        indicator, year, level, arrayJoin([
            ('count', toString(units)), ('lowest', concat('~', toString(xs[1]))), ('highest', concat('~', toString(xs[-1]))), ('mean', concat('~', toString(mean))),
            ('first quartile', concat('~', toString(quarters[1]))), ('median', concat('~', toString(quarters[2]))), ('third quartile', concat('~', toString(quarters[3]))),
            ('deviation', if(units < 2, '', concat('~', toString(deviation)))),
            ('variation', if(units < 2 OR mean <= 0, '', concat('~', toString(deviation / mean * 100)))),
            ('gini', if(xs[1] < 0 OR mean = 0, '', concat('~', toString(arraySum(arrayMap((x, i) -> x * (2 * i - units - 1), xs, arrayEnumerate(xs))) / units / arraySum(xs))))),
            ('median distance', concat('~', toString(mad))),
            ('rule of outliers', multiIf(mad > 0, 'MODIFIED_Z_SCORE', scale > 0, 'MEAN_DEVIATION', 'NONE'))
        ]) AS each
    FROM spread
)
WHERE each.2 != ''
UNION ALL
SELECT 'outlier', indicator, point.2, year, concat('~', toString((point.1 - quarters[2]) / scale))
FROM spread ARRAY JOIN points AS point
WHERE scale > 0 AND abs(point.1 - quarters[2]) / scale > 3.5
UNION ALL
SELECT 'bin', indicator, concat(level, ' from ', if(xs[1] = xs[-1], '', concat(toString(toFloat64(at * w) / 1e6), ' to ', toString(toFloat64((at + 1) * w) / 1e6)))), year, toString(arrayCount(b -> least(b, last) = at, bin))
FROM width ARRAY JOIN range(toInt64(bin[1]), toInt64(last) + 1) AS at
