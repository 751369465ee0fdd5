-- The last number that was claimed before a moment, and the last one that came to something.
-- It is of a few rows: to compile it would take longer than it does.
SELECT
    assumeNotNull((SELECT max(last) FROM claim WHERE claimed <= {before:DateTime64(3, 'UTC')})),
    greatest(assumeNotNull((SELECT max(id) FROM release)), assumeNotNull((SELECT max(id) FROM restatement)))
SETTINGS compile_expressions = 0, compile_aggregate_expressions = 0
