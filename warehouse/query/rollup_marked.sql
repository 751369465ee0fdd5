-- How many of some releases a generation holds.
SELECT uniqExact(release) FROM rollup_mark WHERE generation = {generation:UInt64} AND release IN {releases:Array(UInt32)}
