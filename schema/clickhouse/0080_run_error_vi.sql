-- Why a run was refused or failed, in Vietnamese; error has it in English. Runs that
-- were recorded before have none.
ALTER TABLE run ADD COLUMN IF NOT EXISTS error_vi String DEFAULT ''
