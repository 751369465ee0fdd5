-- All visible observations of some indicators and years, by cell and publication.
SELECT
    indicator, unit, year, breakdown,
    reinterpretAsFixedString(ifNull(value, 0)), reinterpretAsFixedString(ifNull(denominator, 0)), toUInt8(isNotNull(value) + 2 * isNotNull(denominator)),
    status, note, citation,
    file, sheet, line, column, published, release, since, approximation
FROM observation
WHERE indicator IN {indicators:Array(String)} AND year IN {years:Array(UInt16)}
    AND release IN (SELECT id FROM release)
ORDER BY indicator, year, unit, breakdown, published, release
SETTINGS max_execution_time = 0, max_rows_to_read = 0, optimize_read_in_order = 1
