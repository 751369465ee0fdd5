-- Whose a claim is.
SELECT toString(owner) FROM claim WHERE first = {first:UInt32}
