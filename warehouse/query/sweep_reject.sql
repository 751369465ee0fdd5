-- Removes the rejects of releases that were never published, and of runs whose end was never
-- recorded.
ALTER TABLE reject DELETE
WHERE release BETWEEN 1 AND {last:UInt32} AND release NOT IN (SELECT id FROM release)
    OR release = 0 AND run IN (SELECT id FROM run GROUP BY id HAVING max(ended) = toDateTime64(0, 3, 'UTC') AND max(started) < {before:DateTime64(3, 'UTC')})
SETTINGS mutations_sync = 1
