-- The table rollup gets another form: what it had is not to be read any more. The program makes it anew, and
-- questions read postings until then.
INSERT INTO rollup_mark (generation, hierarchy, levels, release)
SELECT max(generation) + 1, 0, [], 0 FROM rollup_mark HAVING count() > 0
