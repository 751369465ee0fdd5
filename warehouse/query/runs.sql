-- The runs of each of some sources, the latest first: of the row of a start and that of
-- its end the second counts.
SELECT id, source, by, started, ended, outcome, snapshot, read, accepted, rejected, new, releases, error, error_vi, due, repeats,
    fetched_file, fetched_address, fetched_version, years
FROM
(
    SELECT *
    FROM run
    WHERE source IN {sources:Array(String)}
    ORDER BY ended DESC
    LIMIT 1 BY id
)
ORDER BY source, started DESC, id DESC
LIMIT {limit:UInt64} OFFSET {offset:UInt64} BY source
