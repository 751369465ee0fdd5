-- How many rows a generation has of some releases.
SELECT count() FROM rollup_series WHERE generation = {generation:UInt64} AND loaded IN {releases:Array(UInt32)}
