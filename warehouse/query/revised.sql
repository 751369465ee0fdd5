-- All observations, up to a release, of the cells of some series in which one was replaced
-- or withdrawn, by cell and publication. A series is an indicator and the year at its place.
WITH arrayZip({indicators:Array(String)}, {years:Array(UInt16)}) AS series
SELECT indicator, unit, year, breakdown, value, denominator, status, published, release, since, approximation
FROM observation
WHERE indicator IN {indicators:Array(String)} AND year IN {years:Array(UInt16)} AND has(series, (toString(indicator), year))
    AND (indicator, year, unit, breakdown) IN (
        SELECT indicator, year, unit, breakdown FROM posting
        WHERE indicator IN {indicators:Array(String)} AND year IN {years:Array(UInt16)} AND has(series, (toString(indicator), year))
            AND sign < 0 AND loaded <= {head:UInt32}
    )
    AND release <= {head:UInt32} AND release IN (SELECT id FROM release)
ORDER BY indicator, year, unit, breakdown, published, release
