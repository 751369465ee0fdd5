-- How many rows there are under numbers that came to nothing.
SELECT toUInt64(
    assumeNotNull((SELECT count() FROM observation WHERE release <= {last:UInt32} AND release NOT IN (SELECT id FROM release)))
    + assumeNotNull((SELECT count() FROM posting WHERE loaded <= {last:UInt32} AND loaded NOT IN (SELECT id FROM release)))
    + assumeNotNull((SELECT count() FROM finding WHERE release <= {last:UInt32} AND release NOT IN (SELECT id FROM release)))
    + assumeNotNull((SELECT count() FROM release_file WHERE release <= {last:UInt32} AND release NOT IN (SELECT id FROM release)))
    + assumeNotNull((SELECT count() FROM reject WHERE release BETWEEN 1 AND {last:UInt32} AND release NOT IN (SELECT id FROM release)))
    + assumeNotNull((SELECT count() FROM restatement_cell WHERE restatement <= {last:UInt32} AND restatement NOT IN (SELECT id FROM restatement))))
