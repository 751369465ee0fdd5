INSERT INTO bench.fact
SELECT o.indicator, o.year, c.code, c.parent, toFloat64(assumeNotNull(o.value))
FROM observation AS o
INNER JOIN (SELECT key, code, parent FROM unit WHERE catalogue = (SELECT max(number) FROM catalogue)) AS c ON c.key = o.unit
SETTINGS max_execution_time = 0, max_rows_to_read = 0
