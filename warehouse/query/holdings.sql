-- What holdings_counted says, read from what was counted before. A release that was counted
-- twice, by two programs or after one was killed, has the same rows twice.
SELECT
    indicator, year, breakdown, level, sum(cells), min(release), min(since),
    sum(reversals), minIf(release, reversals > 0), minIf(reversed_since, reversals > 0)
FROM
(
    SELECT DISTINCT release, indicator, year, breakdown, level, cells, since, reversals, reversed_since
    FROM holding
    WHERE catalogue = {catalogue:UInt32} AND indicator != '' AND release > {after:UInt32} AND release <= {head:UInt32}
        AND release IN (SELECT id FROM release)
)
GROUP BY indicator, year, breakdown, level
