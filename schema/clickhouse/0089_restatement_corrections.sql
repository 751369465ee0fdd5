-- How much of a restatement its source had published otherwise under the same day.
ALTER TABLE restatement
    ADD COLUMN IF NOT EXISTS corrections UInt64 COMMENT 'cells of which its source had published another figure under the same day of publication'
