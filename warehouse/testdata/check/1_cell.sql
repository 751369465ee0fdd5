-- What was reported, by commune: the last publication of each cell, in hundredths,
-- with the units above. A cell without a value has none. Read from what was
-- published (observation), not from the ledger that the program sums.
CREATE VIEW check_cell AS
SELECT
    o.indicator AS indicator, o.year AS year, u.code AS unit, d.code AS district, d.parent AS province,
    toInt256(assumeNotNull(o.last.1) * 100) AS v, toInt256(ifNull(o.last.2, 0) * 100) AS d
FROM
(
    SELECT indicator, year, unit, argMax((value, denominator), (published, release)) AS last
    FROM observation
    GROUP BY indicator, year, unit
) AS o
INNER JOIN unit AS u ON u.key = o.unit
INNER JOIN unit AS d ON d.code = u.parent
WHERE o.last.1 IS NOT NULL
