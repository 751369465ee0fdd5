-- Of a database that niengiam migrate-to wrote: which warehouse it is a copy of, a row when
-- the copy begins and a row when all of it was compared; the later one counts. While there
-- is only the first, the database is not opened: a part of what was published would be taken
-- for all of it.
CREATE TABLE IF NOT EXISTS copied
(
    source   String COMMENT 'what tells the warehouse that it is a copy of from all others',
    complete Bool COMMENT 'whether all of it is there',
    noted    DateTime64(3, 'UTC')
)
ENGINE = MergeTree
ORDER BY noted
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
