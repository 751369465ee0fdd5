-- Notes that the releases up to a head were counted for a catalogue.
INSERT INTO holding (catalogue, release)
SELECT {catalogue:UInt32}, id
FROM release
WHERE id <= {head:UInt32} AND id NOT IN (SELECT release FROM holding WHERE catalogue = {catalogue:UInt32} AND indicator = '')
    AND dictGet('hierarchy', 'place', toUInt64(0), toUInt32(20000101)) = {catalogue:UInt32}
