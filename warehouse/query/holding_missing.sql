-- How many releases up to a head were not counted for a catalogue.
SELECT count() FROM release
WHERE id <= {head:UInt32} AND id NOT IN (SELECT release FROM holding WHERE catalogue = {catalogue:UInt32} AND indicator = '')
