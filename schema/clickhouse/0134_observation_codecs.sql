-- Observations are read for origins and differences, a few at a time: they are kept smaller than
-- what is summed. What was written before is written anew when its parts are merged.
ALTER TABLE observation
    MODIFY COLUMN unit CODEC(Delta, ZSTD(1)),
    MODIFY COLUMN value CODEC(ZSTD(1)),
    MODIFY COLUMN denominator CODEC(ZSTD(1)),
    MODIFY COLUMN line CODEC(Delta, ZSTD(1))
