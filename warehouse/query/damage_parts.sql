-- The parts that ClickHouse could not read when it started and set aside.
SELECT table, name, toUInt64(0) FROM system.detached_parts
WHERE database = currentDatabase() AND startsWith(ifNull(reason, ''), 'broken')
