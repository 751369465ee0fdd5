-- How many runs of a source were recorded.
SELECT uniqExact(id) FROM run WHERE source = {source:String}
