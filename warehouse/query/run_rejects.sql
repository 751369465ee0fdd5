-- The rows that each of some runs, which examined the files, did not accept: those of its
-- releases, or its own where it made none.
SELECT examiner, file, sheet, line, column, value, reason, detail, detail_vi
FROM
(
    SELECT examiner, reject.*
    FROM reject
    INNER JOIN (SELECT DISTINCT id AS examiner, arrayJoin(releases) AS release FROM run WHERE id IN {runs:Array(String)}) AS made USING (release)
    WHERE release IN (SELECT id FROM release)
    UNION ALL
    SELECT run AS examiner, *
    FROM reject
    WHERE release = 0 AND run IN {runs:Array(String)}
)
ORDER BY examiner, file, sheet, line, column, value, reason, detail
LIMIT {limit:UInt64} OFFSET {offset:UInt64} BY examiner
