-- What the chunks of a table hold: the rows, and the sum of their hashes. A chunk is the rows
-- that agree in two columns. Rows are hashed as text, in which NULL is none of the values.
SELECT toString({first:Identifier}) AS a, toString({second:Identifier}) AS b, count(), sum(cityHash64(formatRowNoNewline('TSV', *)))
FROM {table:Identifier}
GROUP BY a, b
ORDER BY a, b
SETTINGS max_execution_time = 0, max_rows_to_read = 0
