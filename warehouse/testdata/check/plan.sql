-- The planned years of a cohort, every third commune, against the first year in
-- which they met its indicator (numbers.md, section 5). Where nothing is known of the years right
-- before it, it may have been in any of them.
WITH met AS
(
    SELECT
        indicator, unit, toUInt16OrZero(substring(unit, 2)) AS place, 2012 + place % 7 AS planned,
        arraySort(x -> x.1, groupArray((year, lack = '', fv > 0))) AS years,
        arrayFirstIndex(x -> x.2 AND x.3, years) AS at,
        if(at = 0, [], arraySlice(years, 1, at - 1)) AS before,
        arrayLastIndex(x -> x.2, before) AS known,
        if(at = 0, 0, years[at].1) AS latest, if(at = 0, 0, years[known + 1].1) AS earliest
    FROM check_figure
    WHERE level = 'commune' AND indicator IN ('attainment-1', 'attainment-3')
    GROUP BY indicator, unit
    HAVING place % 3 = 0
)
SELECT each.1, indicator, unit, planned, each.2
FROM met ARRAY JOIN [
    ('first met', toString(latest)), ('recognised', toString(if(earliest = latest, latest, 0))),
    ('standing', multiIf(latest = 0, 'UNKNOWN', latest < planned, 'EARLY', earliest > planned, 'LATE', earliest = latest, 'ON_TIME', 'UNKNOWN'))] AS each
