-- The generations before one that have rows.
SELECT DISTINCT generation FROM rollup WHERE generation < {generation:UInt64}
