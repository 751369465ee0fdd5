-- How many runs of each of some sources were recorded.
SELECT source, uniqExact(id) FROM run WHERE source IN {sources:Array(String)} GROUP BY source
