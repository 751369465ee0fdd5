-- The newest generation of roll-ups and its levels; none are named where it does not hold all visible
-- releases, or where the units lie within others now.
-- It is of a few rows: to compile it would take longer than it does.
SELECT
    generation,
    if(any(hierarchy) > 0 AND any(hierarchy) = assumeNotNull((SELECT sum(cityHash64(id, since, until, place)) FROM place WHERE catalogue = {catalogue:UInt32} AND id > 0))
        AND assumeNotNull((SELECT count() FROM release
            WHERE id <= {head:UInt32} AND id NOT IN (SELECT release FROM rollup_mark WHERE generation = (SELECT max(generation) FROM rollup_mark)))) = 0,
        any(levels), [])
FROM rollup_mark
WHERE generation = (SELECT max(generation) FROM rollup_mark)
GROUP BY generation
SETTINGS compile_expressions = 0, compile_aggregate_expressions = 0
