-- The rows of a bucket, each with its hash at the end. What the target makes itself when it
-- is written (posting.reporter) is not in it.
SELECT *, cityHash64(formatRowNoNewline('TSV', *)) AS hash
FROM {table:Identifier}
WHERE {first:Identifier} = {a:String} AND {second:Identifier} = {b:String} AND hash % {buckets:UInt64} = {bucket:UInt64}
SETTINGS max_execution_time = 0, max_rows_to_read = 0
