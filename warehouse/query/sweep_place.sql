-- Removes the places of catalogues before the present one.
ALTER TABLE place DELETE WHERE catalogue < (SELECT max(number) FROM catalogue) SETTINGS mutations_sync = 1
