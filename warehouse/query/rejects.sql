-- The rows that each of some releases did not publish.
SELECT release, file, sheet, line, column, value, reason, detail, detail_vi
FROM reject
WHERE release IN {releases:Array(UInt32)} AND release IN (SELECT id FROM release)
ORDER BY release, file, sheet, line, column, value, reason, detail
LIMIT {limit:UInt64} OFFSET {offset:UInt64} BY release
