-- How the source of a figure derived it, in its own words; empty for other findings.
ALTER TABLE finding ADD COLUMN IF NOT EXISTS derivation String DEFAULT ''
