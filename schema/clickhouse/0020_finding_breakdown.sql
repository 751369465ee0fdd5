-- Of which members a finding is: empty for the total; with a * in place of a member
-- it is about all members of the dimension and the cell that they divide.
ALTER TABLE finding ADD COLUMN IF NOT EXISTS breakdown LowCardinality(String) DEFAULT '' AFTER year
