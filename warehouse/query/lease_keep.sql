-- Keeps a lease for some more time, where it was not taken since.
ALTER TABLE lease
    UPDATE expires = now64(3) + toIntervalMillisecond({time:UInt32})
    WHERE name = {name:String} AND fence = {fence:UInt64} AND owner = {owner:String}
