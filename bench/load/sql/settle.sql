-- Merges now what the engine would merge in time.
OPTIMIZE TABLE {table:Identifier} FINAL
