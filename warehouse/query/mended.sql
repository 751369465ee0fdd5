-- The observations, up to a release, of the cells in which some releases mended copying
-- slips, by cell and publication.
SELECT indicator, unit, year, breakdown, value, denominator, status, published, release, since, approximation
FROM observation
WHERE (indicator, year, unit, breakdown) IN
    (SELECT indicator, year, unit, breakdown FROM observation WHERE release IN {mending:Array(UInt32)})
    AND release <= {head:UInt32} AND release IN (SELECT id FROM release)
ORDER BY indicator, year, unit, breakdown, published, release
