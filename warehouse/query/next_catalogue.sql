-- A number for definitions above all that were used: also above those of which only a part was
-- written, by a program that died.
-- It is of a few rows: to compile it would take longer than it does.
SELECT toUInt32(1 + greatest(
    assumeNotNull((SELECT max(number) FROM catalogue)),
    assumeNotNull((SELECT max(catalogue) FROM unit)),
    assumeNotNull((SELECT max(catalogue) FROM indicator)),
    assumeNotNull((SELECT max(catalogue) FROM place))))
SETTINGS compile_expressions = 0, compile_aggregate_expressions = 0
