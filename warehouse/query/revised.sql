-- All observations, up to a release, of the cells of some series in which one was replaced
-- or withdrawn, by cell and publication. A series is an indicator and the year at its place;
-- they are a set, because a list would be searched through for each row.
WITH series AS (SELECT of.1, of.2 FROM (SELECT arrayJoin(arrayZip({indicators:Array(String)}, {years:Array(UInt16)})) AS of))
SELECT indicator, unit, year, breakdown, value, denominator, status, published, release, since, approximation
FROM observation
WHERE indicator IN {indicators:Array(String)} AND year IN {years:Array(UInt16)}
    AND (indicator, year, unit, breakdown) IN (
        SELECT indicator, year, unit, breakdown FROM posting
        WHERE indicator IN {indicators:Array(String)} AND year IN {years:Array(UInt16)} AND (indicator, year) IN series
            AND sign < 0 AND loaded <= {head:UInt32}
    )
    AND release <= {head:UInt32} AND release IN (SELECT id FROM release)
ORDER BY indicator, year, unit, breakdown, published, release
