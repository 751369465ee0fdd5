-- How the value of an observation lies to the one that is meant: over 160, nearly 11,500.
ALTER TABLE observation ADD COLUMN IF NOT EXISTS approximation LowCardinality(String)
    COMMENT 'MORE_THAN, AT_LEAST, ALMOST, ABOUT; empty: exact'
