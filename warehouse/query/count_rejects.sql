-- How many rejects a release has: several may be of one row.
SELECT count()
FROM reject
WHERE release = {release:UInt32} AND release IN (SELECT id FROM release)
