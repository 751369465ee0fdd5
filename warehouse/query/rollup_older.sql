-- The generations before one that have rows.
SELECT DISTINCT generation FROM rollup_series WHERE generation < {generation:UInt64}
