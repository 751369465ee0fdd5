-- The visible releases after one and up to another.
SELECT
    id, source, published, loaded, by, added, revised, rejected,
    removed, withdraws, restores, reason, restatement, approved_by, corrects, corrected
FROM release
WHERE id > {after:UInt32} AND id <= {head:UInt32}
ORDER BY id
LIMIT 1 BY id
