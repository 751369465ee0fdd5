-- The figures of every unit, from the definitions of numbers.md, section 2. The
-- value is v ÷ 100 (of a mean v ÷ d), the rate v × 100 ÷ d; n ÷ m is the measure:
-- the rate of a percentage, else the value. q ÷ r is what absolute and relative changes
-- are of: the number met of an attainment, else the measure. lack is why there is none.
CREATE VIEW check_figure AS
WITH
    (SELECT groupUniqArray((indicator, year)) FROM check_cell) AS asked,
    places AS
    (
        SELECT u.code AS commune, arrayJoin([(u.code, 'commune', d.code), (d.code, 'district', d.parent), (d.parent, 'province', 'C'), ('C', 'country', '')]) AS place
        FROM unit AS u INNER JOIN unit AS d ON d.code = u.parent
        WHERE u.level = 'commune'
    ),
    summed AS
    (
        SELECT
            p.commune_asked.1 AS indicator, p.commune_asked.2 AS year, p.place.1 AS unit, p.place.2 AS level, p.place.3 AS above,
            count() AS expected, countIf(c.unit != '') AS reported,
            sumIf(c.v, c.unit != '') AS v, sumIf(c.d, c.unit != '') AS d, sumIf(c.v * c.d, c.unit != '') AS w
        FROM (SELECT *, arrayJoin(asked) AS commune_asked FROM places) AS p
        LEFT JOIN check_cell AS c ON c.unit = p.commune AND c.indicator = p.commune_asked.1 AND c.year = p.commune_asked.2
        GROUP BY indicator, year, unit, level, above
    )
SELECT
    indicator, year, unit, level, above, expected, reported, splitByChar('-', indicator)[1] AS kind,
    multiIf(reported = 0, 'MISSING', reported * 3 < expected * 2, 'COVERAGE_LOW', '') AS lack,
    v, d,
    toInt256(multiIf(kind IN ('ratio', 'attainment'), v * 100, kind = 'mean', w, v)) AS n,
    toInt256(multiIf(kind IN ('ratio', 'attainment'), d, kind = 'mean', d * 100, 100)) AS m,
    toInt256(if(kind = 'attainment', v, n)) AS q,
    toInt256(if(kind = 'attainment', 100, m)) AS r
FROM summed
