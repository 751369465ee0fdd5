-- Releases that have another number of cells than their row says.
SELECT count() AS partial
FROM
(
    SELECT r.id
    FROM release AS r LEFT JOIN observation AS o ON o.release = r.id
    GROUP BY r.id, r.added, r.revised
    HAVING countIf(o.release != 0) != r.added + r.revised
)
