-- How many of the values of a posting are not exact, signed as everything in it: four counts
-- of 15 bits, MORE_THAN + AT_LEAST × 2^15 + ALMOST × 2^30 + ABOUT × 2^45.
ALTER TABLE posting ADD COLUMN IF NOT EXISTS approximations Int64 DEFAULT 0
