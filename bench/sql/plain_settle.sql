OPTIMIZE TABLE bench.fact FINAL
SETTINGS max_execution_time = 0
