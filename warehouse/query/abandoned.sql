-- The last number that was claimed before a moment, and the last one that came to something.
SELECT
    assumeNotNull((SELECT max(last) FROM claim WHERE claimed <= {before:DateTime64(3, 'UTC')})),
    greatest(assumeNotNull((SELECT max(id) FROM release)), assumeNotNull((SELECT max(id) FROM restatement)))
