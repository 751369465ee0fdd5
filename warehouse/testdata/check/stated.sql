-- Figures of count-2 that were stated on the units of 1 July 2021 (numbers.md, section 6): of
-- a unit its own; of a district of which nothing was stated or reported, the sum of its
-- communes of that day, if enough of them have one; and the changes of units with both.
WITH
    places AS
    (
        SELECT key, code, level, parent
        FROM unit
        WHERE catalogue = (SELECT max(number) FROM catalogue) AND valid_from <= 20210701 AND (valid_to = 0 OR valid_to > 20210701)
    ),
    told AS
    (
        SELECT o.year AS year, u.code AS unit, any(u.level) AS level, any(u.parent) AS parent, argMax((value, status), (published, release)) AS last
        FROM observation AS o
        INNER JOIN places AS u ON u.key = o.unit
        WHERE o.indicator = 'count-2' AND o.breakdown = '@2021-07-01'
        GROUP BY year, unit
    ),
    known AS (SELECT year, unit, level, parent, assumeNotNull(last.1) AS v FROM told WHERE last.1 IS NOT NULL),
    sizes AS (SELECT parent AS district, count() AS communes FROM places WHERE level = 'commune' GROUP BY district)
SELECT 'stated value', 'count-2', unit, year, toString(v) FROM known WHERE year > 2008
UNION ALL
SELECT 'stated change', 'count-2', c.unit, c.year, toString(c.v - b.v)
FROM known AS c
INNER JOIN known AS b ON b.unit = c.unit AND b.year = 2008
WHERE c.year > 2008
UNION ALL
SELECT each.1, 'count-2', district, 2009, each.2
FROM
(
    SELECT district, any(communes) AS expected, count() AS reported, sum(v) AS total
    FROM known INNER JOIN sizes ON sizes.district = known.parent
    WHERE year = 2009 AND level = 'commune'
    GROUP BY district
    HAVING reported * 3 >= expected * 2
)
ARRAY JOIN [('stated sum', toString(total)), ('stated coverage', concat(toString(reported), ' of ', toString(expected)))] AS each
