-- What the parts of some tables take on the disk.
SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND database = {database:String} AND has({tables:Array(String)}, table)
