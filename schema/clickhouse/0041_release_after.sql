-- The fence of publishing: releases are inserted with the number of the release
-- that they follow as token, and of several inserts with one token the server
-- keeps the first. So two programs that worked out their postings from the same
-- state cannot both publish.
ALTER TABLE release MODIFY SETTING non_replicated_deduplication_window = 10000
