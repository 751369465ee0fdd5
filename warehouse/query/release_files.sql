-- The files of the visible releases after one and up to another.
SELECT release, path, sha256, bytes
FROM release_file
WHERE release > {after:UInt32} AND release <= {head:UInt32}
ORDER BY release, place
LIMIT 1 BY release, place
