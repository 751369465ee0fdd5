-- The last decision about the schedule of each source.
SELECT source, paused, by, comment, since
FROM pause
ORDER BY since DESC
LIMIT 1 BY source
