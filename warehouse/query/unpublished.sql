-- How many rows of releases there are that were never published.
SELECT toUInt64(
    assumeNotNull((SELECT count() FROM observation WHERE release NOT IN (SELECT id FROM release)))
    + assumeNotNull((SELECT count() FROM posting WHERE loaded NOT IN (SELECT id FROM release))))
