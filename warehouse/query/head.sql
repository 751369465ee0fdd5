-- What is new: the last release, the present catalogue and the newest generation of roll-ups; 0 where there is none.
SELECT
    assumeNotNull((SELECT max(id) FROM release)) AS head,
    assumeNotNull((SELECT max(number) FROM catalogue)) AS catalogue,
    assumeNotNull((SELECT max(generation) FROM rollup_mark)) AS generation
