-- When a run was due by its schedule (1970-01-01: started by hand), and which run
-- examined the files that this one found unchanged or did not come to examine ('': itself).
ALTER TABLE run
    ADD COLUMN IF NOT EXISTS due DateTime64(3, 'UTC') DEFAULT 0,
    ADD COLUMN IF NOT EXISTS repeats String DEFAULT ''
