-- The rows that a run did not accept: those of its releases, or its own where it
-- made none.
SELECT file, sheet, line, column, value, reason, detail, detail_vi
FROM reject
WHERE release IN {releases:Array(UInt32)} AND release IN (SELECT id FROM release) OR release = 0 AND run = {run:String}
ORDER BY file, sheet, line, column, value, reason, detail
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
