-- Counts of 1 to this number − 1 are withheld from callers without the right; 0 for
-- an indicator that is not confidential.
ALTER TABLE indicator ADD COLUMN IF NOT EXISTS confidential_below UInt32 DEFAULT 0
