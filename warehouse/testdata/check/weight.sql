-- How much of the people (count-0) in a unit's communes stands behind its figure
-- (numbers.md, section 2, coverage by weight): all of them must be known. A reported figure
-- has its own unit's weight.
WITH
    people AS (SELECT unit, year, fv AS v, lack = '' AS known FROM check_figure WHERE indicator = 'count-0' AND level = 'commune'),
    weights AS
    (
        SELECT place AS unit, year, sum(v) AS weight, countIf(known) AS known, count() AS communes
        FROM people
        INNER JOIN check_place AS p ON p.unit = people.unit
        ARRAY JOIN [p.unit, p.a1, p.a2, p.a3] AS place
        GROUP BY place, year
    ),
    behind AS
    (
        SELECT f.indicator AS indicator, f.year AS year, f.unit AS unit, sum(w.weight) AS weight
        FROM (SELECT indicator, year, unit, arrayJoin(who) AS part FROM check_figure WHERE asked AND NOT is_own) AS f
        INNER JOIN weights AS w ON w.unit = f.part AND w.year = f.year
        GROUP BY indicator, year, unit
    )
SELECT each.1, indicator, unit, year, multiIf(lack != '', lack, concat(toString(each.2), '/100'))
FROM
(
    SELECT
        f.indicator AS indicator, f.unit AS unit, f.year AS year,
        multiIf(w.known = w.communes, '', f.is_own AND w.known > 0, 'COVERAGE_LOW', 'MISSING') AS lack,
        arrayJoin([('expected weight', w.weight), ('reported weight', if(f.is_own, w.weight, b.weight))]) AS each
    FROM check_figure AS f
    INNER JOIN weights AS w ON w.unit = f.unit AND w.year = f.year
    LEFT JOIN behind AS b ON b.indicator = f.indicator AND b.unit = f.unit AND b.year = f.year
    WHERE f.asked AND (f.indicator LIKE '%-1' OR f.indicator LIKE '%-2')
)
