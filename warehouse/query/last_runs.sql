-- The last run of each source: of the row of its start and that of its end the
-- second counts.
SELECT id, source, by, started, ended, outcome, snapshot, read, accepted, rejected, new, releases, error, error_vi, due, repeats,
    fetched_file, fetched_address, fetched_version, years
FROM run
ORDER BY started DESC, id DESC, ended DESC
LIMIT 1 BY source
