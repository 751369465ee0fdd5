-- What the visible releases add up to.
SELECT indicator, year, toString(sum(value)) AS total, sum(sign) AS cells
FROM posting
WHERE loaded IN (SELECT id FROM release)
GROUP BY indicator, year
ORDER BY indicator, year
