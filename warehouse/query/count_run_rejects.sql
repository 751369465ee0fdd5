-- How many rows of each run run_rejects.sql lists.
SELECT examiner, count()
FROM
(
    SELECT examiner
    FROM reject
    INNER JOIN (SELECT DISTINCT id AS examiner, arrayJoin(releases) AS release FROM run WHERE id IN {runs:Array(String)}) AS made USING (release)
    WHERE release IN (SELECT id FROM release)
    UNION ALL
    SELECT run AS examiner
    FROM reject
    WHERE release = 0 AND run IN {runs:Array(String)}
)
GROUP BY examiner
