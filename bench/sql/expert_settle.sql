OPTIMIZE TABLE bench.expert FINAL
SETTINGS max_execution_time = 0
