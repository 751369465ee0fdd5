-- The cells of which the ledger and the published view do not say the same. Of the
-- confidential indicators the view says nothing.
SELECT count() AS disagree, (SELECT count() FROM published_observation) AS told
FROM
(
    SELECT indicator, year, unit, breakdown, sum(sign) AS n, sum(value) AS v, sum(denominator) AS d
    FROM posting
    WHERE loaded IN (SELECT id FROM release)
    GROUP BY indicator, year, unit, breakdown
    HAVING n != 0
) AS p
FULL JOIN
(
    SELECT indicator, year, unit_key, breakdown, value, denominator, 1 AS there
    FROM published_observation
) AS o ON o.indicator = p.indicator AND o.year = p.year AND o.unit_key = p.unit AND o.breakdown = p.breakdown
WHERE p.n != 1 OR o.there != 1 OR p.v != ifNull(o.value, 0) OR p.d != ifNull(o.denominator, 0)
