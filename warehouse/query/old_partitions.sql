-- The catalogues whose rows for readers with SQL and for the dictionary can go.
SELECT table, toUInt32(partition)
FROM system.parts
WHERE database = currentDatabase() AND active AND table IN ('unit', 'indicator', 'place') AND toUInt32(partition) < {number:UInt32}
GROUP BY table, partition
