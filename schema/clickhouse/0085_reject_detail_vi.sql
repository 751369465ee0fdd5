-- What is wrong with a rejected row, in Vietnamese; detail has it in English. Rejects
-- that were kept before have none.
ALTER TABLE reject ADD COLUMN IF NOT EXISTS detail_vi String DEFAULT ''
