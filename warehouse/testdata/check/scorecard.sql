-- Which of four criteria each commune meets, of which the third has two parts, and
-- what a unit's communes add up to (numbers.md, section 2): states are 1 met, 0 not
-- met, -1 unknown. A part that is not met decides; unknown is never not met.
WITH
    judged AS
    (
        SELECT unit, year, indicator, multiIf(lack != '', -1, fv > 0, 1, 0) AS state
        FROM check_figure
        WHERE level = 'commune' AND indicator IN ('attainment-1', 'attainment-6', 'attainment-7', 'attainment-8', 'attainment-9')
    ),
    scores AS
    (
        SELECT
            unit, year,
            [sumIf(state, indicator = 'attainment-1'), sumIf(state, indicator = 'attainment-6'),
             multiIf(minIf(abs(state), indicator IN ('attainment-7', 'attainment-8')) = 0, 0, minIf(state, indicator IN ('attainment-7', 'attainment-8')) = -1, -1, 1),
             sumIf(state, indicator = 'attainment-9')] AS states,
            countEqual(states, 1) AS met, countEqual(states, -1) AS unknown, met + unknown AS most,
            multiIf(met >= 4, '4', met >= 2 AND most < 4, '2–3', most < 2, '0–1', 'none') AS band
        FROM judged GROUP BY unit, year
    ),
    places AS (SELECT unit, arrayJoin([a1, a2, a3]) AS above FROM check_place WHERE level = 'commune'),
    sums AS
    (
        SELECT
            above, year, count() AS units, countIf(unknown = 0) AS known, countIf(met = 4) AS all, countIf(most = 4) AS all_most,
            sumIf(met, unknown = 0) AS sure, sum(met) AS least, sum(most) AS greatest, countIf(band = 'none') AS undecided,
            countIf(band = '4') AS b4, countIf(band = '2–3') AS b2, countIf(band = '0–1') AS b0,
            countIf(most >= 4) AS m4, countIf(met <= 3 AND most >= 2) AS m2, countIf(met <= 1) AS m0
        FROM scores INNER JOIN places ON places.unit = scores.unit
        GROUP BY above, year
    )
SELECT each.1, 'set', unit, year, toString(each.2)
FROM scores ARRAY JOIN [
    ('criteria', concat(toString(arrayCount(x -> x = 1, states)), ' met, ', toString(arrayCount(x -> x = 0, states)), ' not, ', toString(unknown), ' unknown')), ('band', band)] AS each
UNION ALL
SELECT
    'gained and lost', 'set', c.unit, c.year,
    concat(toString(arrayFilter(i -> b.states[i] = 0 AND c.states[i] = 1, [1, 2, 3, 4])), toString(arrayFilter(i -> b.states[i] = 1 AND c.states[i] = 0, [1, 2, 3, 4])))
FROM scores AS c INNER JOIN scores AS b ON b.unit = c.unit AND b.year = 2015 AND c.year != 2015
UNION ALL
SELECT each.1, 'set', above, year, each.2
FROM sums ARRAY JOIN [
    ('units scored', toString(units)), ('units known', toString(known)), ('meeting all', toString(all)), ('meeting all at most', toString(all_most)),
    ('mean met', multiIf(known = 0, 'MISSING', known * 3 < units * 2, 'COVERAGE_LOW', concat(toString(sure), '/', toString(known)))),
    ('mean met at least', concat(toString(least), '/', toString(units))), ('mean met at most', concat(toString(greatest), '/', toString(units))),
    ('units of no band', toString(undecided)),
    ('bands', concat('4: ', toString(b4), '–', toString(m4), ', 2: ', toString(b2), '–', toString(m2), ', 0: ', toString(b0), '–', toString(m0)))] AS each
UNION ALL
SELECT 'mean met in the base year', 'set', c.above, c.year, multiIf(b.known = 0, 'MISSING', b.known * 3 < b.units * 2, 'COVERAGE_LOW', concat(toString(b.sure), '/', toString(b.known)))
FROM sums AS c INNER JOIN sums AS b ON b.above = c.above AND b.year = 2015 AND c.year != 2015
