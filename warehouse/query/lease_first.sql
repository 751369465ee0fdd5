-- Takes the lease that nobody ever had; the keeper refuses all but the first who try.
INSERT INTO lease SETTINGS keeper_map_strict_mode = 1
SELECT {name:String}, {owner:String}, {holder:String}, 1, now64(3) + toIntervalMillisecond({time:UInt32})
