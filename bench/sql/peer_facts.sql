SELECT indicator, year, district, value FROM bench.fact
SETTINGS max_execution_time = 0, max_rows_to_read = 0
