-- What a load that broke must not leave: rows that nobody can see, runs without an end, releases
-- with another number of cells than their row says or with none, a year without its figures.
SELECT 'observations' AS what, toString(release) AS which FROM observation WHERE release NOT IN (SELECT id FROM release) GROUP BY release
UNION ALL SELECT 'postings', toString(loaded) FROM posting WHERE loaded NOT IN (SELECT id FROM release) GROUP BY loaded
UNION ALL SELECT 'findings', toString(release) FROM finding WHERE release NOT IN (SELECT id FROM release) GROUP BY release
UNION ALL SELECT 'files', toString(release) FROM release_file WHERE release NOT IN (SELECT id FROM release) GROUP BY release
UNION ALL SELECT 'held cells', toString(restatement) FROM restatement_cell WHERE restatement NOT IN (SELECT id FROM restatement) GROUP BY restatement
UNION ALL SELECT 'run', id FROM run GROUP BY id HAVING max(ended) = toDateTime64(0, 3, 'UTC')
UNION ALL
SELECT 'release', toString(r.id)
FROM release AS r LEFT JOIN observation AS o ON o.release = r.id
GROUP BY r.id, r.added, r.revised
HAVING countIf(o.release != 0) != r.added + r.revised OR countIf(o.release != 0) = 0
