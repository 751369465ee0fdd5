-- What tells this warehouse from all others: the moment at which its first table was made.
SELECT toString(cityHash64(name, checksum, toUnixTimestamp64Milli(applied))) FROM migration ORDER BY name, applied LIMIT 1
