-- What some restatements would have changed of what was published, by cell.
SELECT
    restatement, indicator, year, unit, breakdown, published, value, denominator, status, note, citation,
    file, sheet, line, column, old_value, old_denominator, old_status
FROM restatement_cell
WHERE restatement IN {restatements:Array(UInt32)} AND old_status != ''
ORDER BY indicator, year, unit, breakdown, published, restatement
SETTINGS max_execution_time = 0, max_rows_to_read = 0
