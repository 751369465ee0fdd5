-- The rows that a release did not publish.
SELECT file, sheet, line, column, value, reason, detail, detail_vi
FROM reject
WHERE release = {release:UInt32} AND release IN (SELECT id FROM release)
ORDER BY file, sheet, line, column, value, reason, detail
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
