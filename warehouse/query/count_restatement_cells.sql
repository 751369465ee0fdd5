-- How many cells each of some restatements has.
SELECT restatement, count() FROM restatement_cell WHERE restatement IN {restatements:Array(UInt32)} GROUP BY restatement
