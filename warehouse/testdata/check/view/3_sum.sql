-- For every unit what it reported itself (own) and what those below it add up to:
-- each unit that reported stands for all communes within it, so that nothing
-- below it is added again. who are the units that are in it.
CREATE OR REPLACE TABLE check_sum ENGINE = Memory AS
WITH
    asked AS (SELECT DISTINCT series, year FROM check_cell),
    known AS (SELECT * FROM check_cell WHERE known),
    size AS
    (
        SELECT a AS unit, count() AS communes
        FROM check_place ARRAY JOIN [unit, a1, a2, a3] AS a
        WHERE level = 'commune'
        GROUP BY unit
    ),
    told AS
    (
        SELECT
            k.series AS series, k.year AS year, k.unit AS unit, v, d, broken, size.communes AS communes, p.level AS level,
            p.a1 AS a1, p.a2 AS a2, p.a3 AS a3, k1.unit != '' AS by1, k2.unit != '' AS by2
        FROM known AS k
        INNER JOIN check_place AS p ON p.unit = k.unit
        INNER JOIN size ON size.unit = k.unit
        LEFT JOIN known AS k1 ON k1.series = k.series AND k1.year = k.year AND k1.unit = p.a1
        LEFT JOIN known AS k2 ON k2.series = k.series AND k2.year = k.year AND k2.unit = p.a2
    ),
    added AS
    (
        SELECT
            series, year, place.1 AS unit,
            maxIf(1, place.2) AS has, sumIf(told.v, place.2) AS own_v, sumIf(told.d, place.2) AS own_d, maxIf(told.broken, place.2) AS own_broken,
            sumIf(told.v, place.3) AS v, sumIf(told.d, place.3) AS d, sumIf(told.v * told.d, place.3) AS w, sumIf(communes, place.3) AS covered,
            maxIf(told.broken, NOT place.2) AS broken, arraySort(groupArrayIf(told.unit, place.3)) AS who
        FROM told
        ARRAY JOIN [(told.unit, true, false), (a1, false, true), (a2, false, NOT by1), (a3, false, NOT by1 AND NOT by2)] AS place
        WHERE place.1 != ''
        GROUP BY series, year, unit
    )
SELECT
    a.series AS series, a.year AS year, p.unit AS unit, p.level AS level, p.a1 AS above, size.communes AS expected, s.has AS has, s.own_v AS own_v, s.own_d AS own_d,
    s.v AS v, s.d AS d, s.w AS w, s.covered AS covered, if(s.has, s.own_broken, s.broken) AS broken, s.who AS who
FROM asked AS a CROSS JOIN check_place AS p
INNER JOIN size ON size.unit = p.unit
LEFT JOIN added AS s ON s.series = a.series AND s.year = a.year AND s.unit = p.unit
