-- Merges now what the engine would merge while the bench measures.
OPTIMIZE TABLE posting FINAL
SETTINGS max_execution_time = 0
