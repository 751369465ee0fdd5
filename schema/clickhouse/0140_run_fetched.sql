-- Where the files of a run were fetched, without secrets, and what identifies the version of
-- each; empty where they are files of the workspace.
ALTER TABLE run
    ADD COLUMN IF NOT EXISTS fetched_file Array(String),
    ADD COLUMN IF NOT EXISTS fetched_address Array(String),
    ADD COLUMN IF NOT EXISTS fetched_version Array(String)
