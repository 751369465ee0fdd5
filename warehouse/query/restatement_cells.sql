-- What each of some restatements says.
SELECT
    restatement, indicator, year, unit, breakdown, published, value, denominator, status, note, citation,
    file, sheet, line, column, old_value, old_denominator, old_status
FROM restatement_cell
WHERE restatement IN {restatements:Array(UInt32)}
ORDER BY restatement, indicator, year, unit, breakdown, published
LIMIT {limit:UInt64} OFFSET {offset:UInt64} BY restatement
