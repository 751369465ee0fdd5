-- All visible observations of the cells of some indicators and years in which one was
-- replaced or withdrawn, by cell and publication.
SELECT
    indicator, unit, year, breakdown, value, denominator, status, note, citation,
    file, sheet, line, column, published, release, since, approximation
FROM observation
WHERE indicator IN {indicators:Array(String)} AND year IN {years:Array(UInt16)}
    AND (indicator, year, unit, breakdown) IN (
        SELECT indicator, year, unit, breakdown FROM posting
        WHERE indicator IN {indicators:Array(String)} AND year IN {years:Array(UInt16)} AND sign < 0
    )
    AND release IN (SELECT id FROM release)
ORDER BY indicator, year, unit, breakdown, published, release
