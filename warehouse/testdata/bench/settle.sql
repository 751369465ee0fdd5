-- All postings in one part, as they are some time after a load.
OPTIMIZE TABLE posting FINAL
