-- What is new: the last release and the present catalogue; 0 where there is none.
SELECT
    assumeNotNull((SELECT max(id) FROM release)) AS head,
    assumeNotNull((SELECT max(number) FROM catalogue)) AS catalogue
