-- All visible observations of the cells of a restatement, by cell and publication.
SELECT
    indicator, unit, year, breakdown,
    reinterpretAsFixedString(ifNull(value, 0)), reinterpretAsFixedString(ifNull(denominator, 0)), toUInt8(isNotNull(value) + 2 * isNotNull(denominator)),
    status, note, citation,
    file, sheet, line, column, published, release, since, approximation
FROM observation
WHERE (indicator, year, unit, breakdown) IN
    (SELECT indicator, year, unit, breakdown FROM restatement_cell WHERE restatement = {restatement:UInt32})
    AND indicator IN (SELECT indicator FROM restatement_cell WHERE restatement = {restatement:UInt32})
    AND release IN (SELECT id FROM release)
ORDER BY indicator, year, unit, breakdown, published, release
SETTINGS max_execution_time = 0, max_rows_to_read = 0
