-- The lease: whose it is, and whether it may be taken.
SELECT owner, holder, fence, owner = '' OR expires <= now64(3) FROM lease WHERE name = {name:String}
