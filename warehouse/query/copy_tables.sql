-- The tables of the database, and how many rows they have; views and dictionaries have none.
SELECT name, toUInt64(if(engine LIKE '%MergeTree', ifNull(total_rows, 0), 0)), engine LIKE '%MergeTree'
FROM system.tables
WHERE database = currentDatabase()
ORDER BY name
