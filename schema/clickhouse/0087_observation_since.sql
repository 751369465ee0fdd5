-- A correction is published under the day that it corrects, so that a later publication
-- still replaces it, and counts from the day of its approval: it was not known before.
ALTER TABLE observation ADD COLUMN IF NOT EXISTS since UInt32
    COMMENT 'the day from which it counts, yyyymmdd; 0: from published on'
