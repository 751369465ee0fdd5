-- What the buckets of a chunk hold. A bucket is the rows whose hashes leave one remainder.
SELECT toUInt64(cityHash64(formatRowNoNewline('TSV', *)) % {buckets:UInt64}) AS bucket, count(), sum(cityHash64(formatRowNoNewline('TSV', *)))
FROM {table:Identifier}
WHERE {first:Identifier} = {a:String} AND {second:Identifier} = {b:String}
GROUP BY bucket
ORDER BY bucket
SETTINGS max_execution_time = 0, max_rows_to_read = 0
