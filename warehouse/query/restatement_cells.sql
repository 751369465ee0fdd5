-- What a restatement says.
SELECT
    indicator, year, unit, breakdown, published, value, denominator, status, note, citation,
    file, sheet, line, column, old_value, old_denominator, old_status
FROM restatement_cell
WHERE restatement = {restatement:UInt32}
ORDER BY indicator, year, unit, breakdown, published
