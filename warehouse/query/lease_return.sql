-- Gives the lease back.
ALTER TABLE lease UPDATE owner = '', expires = now64(3) WHERE name = {name:String} AND fence = {fence:UInt64} AND owner = {owner:String}
