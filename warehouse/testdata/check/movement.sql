-- Ranks of 2015 and how far units rose since (numbers.md, section 4): only where the same
-- units have figures in both years.
WITH
    ranked AS
    (
        SELECT *, rank() OVER (PARTITION BY indicator, year, level ORDER BY place) AS rank
        FROM check_measure WHERE by = 'VALUE' AND lack = ''
    ),
    sets AS (SELECT indicator, year, level, arraySort(groupArray(unit)) AS units FROM ranked GROUP BY indicator, year, level)
SELECT each.1, concat(c.indicator, ' by VALUE'), c.unit, c.year, toString(each.2)
FROM ranked AS c
INNER JOIN ranked AS b ON b.indicator = c.indicator AND b.unit = c.unit AND b.year = 2015
INNER JOIN sets AS s ON s.indicator = c.indicator AND s.year = c.year AND s.level = c.level
INNER JOIN sets AS t ON t.indicator = c.indicator AND t.year = 2015 AND t.level = c.level
ARRAY JOIN [('base rank', toInt64(b.rank)), ('movement', toInt64(b.rank) - toInt64(c.rank))] AS each
WHERE c.year != 2015 AND s.units = t.units
