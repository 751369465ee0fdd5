-- The hashes of the rows of a bucket.
SELECT cityHash64(formatRowNoNewline('TSV', *)) AS hash
FROM {table:Identifier}
WHERE {first:Identifier} = {a:String} AND {second:Identifier} = {b:String} AND hash % {buckets:UInt64} = {bucket:UInt64}
SETTINGS max_execution_time = 0, max_rows_to_read = 0
