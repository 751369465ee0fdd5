-- How the communes and districts spread (section Distribution): quantiles of type 7,
-- deviation and, exactly, Gini's coefficient of counts: Σ(2i − n − 1)·x ÷ nΣx.
SELECT each.1, indicator, level, year, each.2
FROM
(
    SELECT
        indicator, year, level, kind,
        groupArray(v) AS all, arraySort(all) AS sorted, length(sorted) AS units,
        quantilesExactInclusive(0.25, 0.5, 0.75)(toFloat64(n) / toFloat64(m)) AS quarters, stddevSamp(toFloat64(n) / toFloat64(m)) AS deviation,
        arrayJoin([
            ('count', toString(units)),
            ('first quartile', concat('~', toString(quarters[1]))), ('median', concat('~', toString(quarters[2]))), ('third quartile', concat('~', toString(quarters[3]))),
            ('deviation', if(units < 2, '', concat('~', toString(deviation)))),
            ('gini', if(kind = 'count' AND arraySum(all) > 0, concat(toString(arraySum(arrayMap((x, i) -> x * (2 * toInt256(i) - units - 1), sorted, arrayEnumerate(sorted)))), '/', toString(arraySum(all) * units)), ''))
        ]) AS each
    FROM check_figure
    WHERE lack = '' AND level IN ('commune', 'district')
    GROUP BY indicator, year, level, kind
)
WHERE each.2 != ''
