-- The visible releases that have no receipt yet.
SELECT groupUniqArray(id) FROM release WHERE id NOT IN (SELECT release FROM receipt)
