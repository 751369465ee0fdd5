-- The keys that units have been given.
SELECT code, generation, key FROM unit_key
