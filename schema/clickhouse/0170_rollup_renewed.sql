-- Roll-ups move to the table rollup_series: what there is of them is not to be read any more. The program makes them
-- anew, and questions read postings until then.
INSERT INTO rollup_mark (generation, hierarchy, levels, release)
SELECT max(generation) + 1, 0, [], 0 FROM rollup_mark HAVING count() > 0
