-- How many rejects each of some releases has: several may be of one row.
SELECT release, count()
FROM reject
WHERE release IN {releases:Array(UInt32)} AND release IN (SELECT id FROM release)
GROUP BY release
