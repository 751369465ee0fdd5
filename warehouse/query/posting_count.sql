-- How many postings there are, counted by parts.
SELECT count() FROM posting
