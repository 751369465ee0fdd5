-- Releases that change what their source had published under the same day of publication.
ALTER TABLE release
    ADD COLUMN IF NOT EXISTS corrects UInt32 COMMENT 'the day of publication that it corrects, yyyymmdd; 0: it corrects nothing. Where published is that day, it mends copying slips and older answers changed',
    ADD COLUMN IF NOT EXISTS corrected UInt32 COMMENT 'the day on which that was approved, yyyymmdd; 0: it corrects nothing'
