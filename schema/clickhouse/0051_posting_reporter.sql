-- What a posting adds to stats.Sum.Reporters: the fingerprint of its unit, signed,
-- when it has a value (the lowest bit of tally). Written at load, because to work
-- it out for each fact of a question costs 6 % of the question.
ALTER TABLE posting ADD COLUMN IF NOT EXISTS reporter Int64
    MATERIALIZED bitAnd(tally, 1) * sign * reinterpretAsInt64(intHash64(unit))
    COMMENT 'signed fingerprint of the unit; 0 where there is no value'
