-- How many rows run_rejects.sql lists.
SELECT count()
FROM reject
WHERE release IN (SELECT arrayJoin(releases) FROM run WHERE id = {run:String}) AND release IN (SELECT id FROM release)
    OR release = 0 AND run = {run:String}
