-- The rows that the run that examined the files did not accept: those of its releases,
-- or its own where it made none.
SELECT file, sheet, line, column, value, reason, detail, detail_vi
FROM reject
WHERE release IN (SELECT arrayJoin(releases) FROM run WHERE id = {run:String}) AND release IN (SELECT id FROM release)
    OR release = 0 AND run = {run:String}
ORDER BY file, sheet, line, column, value, reason, detail
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
