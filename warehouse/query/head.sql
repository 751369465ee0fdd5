-- What is new: the last release, the present catalogue and the newest generation of roll-ups; 0 where there is none.
-- It is of a few rows: to compile it would take longer than it does.
SELECT
    assumeNotNull((SELECT max(id) FROM release)) AS head,
    assumeNotNull((SELECT max(number) FROM catalogue)) AS catalogue,
    assumeNotNull((SELECT max(generation) FROM rollup_mark)) AS generation
SETTINGS compile_expressions = 0, compile_aggregate_expressions = 0
