-- What was applied.
SELECT name, checksum FROM migration ORDER BY name, applied LIMIT 1 BY name
