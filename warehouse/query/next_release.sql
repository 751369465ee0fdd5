-- The number after the last one, staged and claimed ones included.
SELECT toUInt32(1 + greatest(
    assumeNotNull((SELECT max(id) FROM release)),
    assumeNotNull((SELECT max(last) FROM claim)),
    assumeNotNull((SELECT max(release) FROM observation)),
    assumeNotNull((SELECT max(loaded) FROM posting))))
