-- Takes the lease that was given back or has expired, unless another program has by now: who
-- lost hears no error, and reads whose it is.
ALTER TABLE lease
    UPDATE owner = {owner:String}, holder = {holder:String}, fence = fence + 1, expires = now64(3) + toIntervalMillisecond({time:UInt32})
    WHERE name = {name:String} AND fence = {fence:UInt64} AND (owner = '' OR expires <= now64(3))
