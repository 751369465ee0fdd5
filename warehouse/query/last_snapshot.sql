-- The fingerprint of the last files of a source that were loaded to their end.
-- A withdrawal makes every source worth another look: a later publication may
-- have said the same as what was withdrawn.
SELECT snapshot FROM run
WHERE source = {source:String} AND outcome IN ('published', 'unchanged', 'held')
    AND ended > assumeNotNull((SELECT max(loaded) FROM release WHERE withdraws > 0))
ORDER BY ended DESC, started DESC
LIMIT 1
