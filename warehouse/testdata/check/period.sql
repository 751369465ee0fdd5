-- Several years taken together, 2013 to 2017 (numbers.md, section 2): the sum of a
-- flow, if no year is missing, and the last known value of a stock.
SELECT each.1, indicator, unit, 2017, each.2
FROM
(
    SELECT
        indicator, unit, arraySort(x -> x.1, groupArray((year, lack, fv))) AS years, arrayFilter(x -> x.2 != '', years) AS lacking, arrayFilter(x -> x.2 = '', years) AS known,
        arrayJoin([
            ('period', multiIf(
                indicator = 'count-1' AND length(lacking) > 0, lacking[1].2, indicator = 'count-1', concat(toString(arraySum(x -> x.3, years)), '/100'),
                empty(known), years[-1].2, concat(toString(known[-1].3), '/100'))),
            ('missing years', toString(arrayMap(x -> x.1, lacking)))]) AS each
    FROM check_figure
    WHERE year BETWEEN 2013 AND 2017 AND indicator IN ('count-1', 'amount-1') AND (unit NOT LIKE 'U%' OR unit LIKE 'U0%')
    GROUP BY indicator, unit
)
