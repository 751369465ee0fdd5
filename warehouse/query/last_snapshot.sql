-- The fingerprint of the last files of a source that were loaded to their end.
SELECT snapshot FROM run
WHERE source = {source:String} AND outcome IN ('published', 'unchanged')
ORDER BY ended DESC, started DESC
LIMIT 1
