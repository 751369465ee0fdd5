-- What the tables take on the disk: ours with the ledger, origins and all else, those of the others.
SELECT
    sumIf(bytes_on_disk, database = currentDatabase()),
    sumIf(bytes_on_disk, database = 'bench' AND table = 'expert'),
    sumIf(bytes_on_disk, database = 'bench' AND table IN ('fact', 'district'))
FROM system.parts
WHERE active
