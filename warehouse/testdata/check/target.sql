-- How districts stand to targets (numbers.md, section 5): without a base year due in
-- each year; with one due at the end of the period, and before it on the straight
-- line from the base year's figure or not. Before both the target is not due.
WITH held AS
(
    SELECT
        a.*, b.p AS base_p, b.q AS base_q, b.lack AS base_lack,
        a.lack = '' AND if(a.at_most, a.gap_p <= 0, a.gap_p >= 0) AS met,
        a.base != 0 AND a.base < a.year AND a.first <= a.year AND a.year < a.last AS later,
        multiIf(base_lack = 'MISSING', 'BASE_MISSING', base_lack) AS line_lack,
        number * base_q * (a.last - a.base) - (number * base_q - 100 * base_p) * (a.last - a.year) AS line_p, 100 * base_q * (a.last - a.base) AS line_q,
        a.p * line_q - line_p * a.q AS ahead
    FROM (SELECT *, toInt32(year) AS y FROM check_aim WHERE level = 'district') AS a
    LEFT JOIN check_aim AS b ON b.aim = a.aim AND b.unit = a.unit AND b.year = a.base
)
SELECT each.1, aim, unit, year, if(each.3 = '', each.2, each.3)
FROM
(
    SELECT
        aim, unit, year, arrayJoin([
            ('actual', concat(toString(p), '/', toString(q)), lack),
            ('gap', concat(toString(gap_p), '/', toString(gap_q)), lack),
            ('expected', concat(toString(line_p), '/', toString(line_q)), multiIf(NOT later OR lack != '', 'NOT_APPLICABLE', line_lack)),
            ('pace needed', concat(toString(-gap_p), '/', toString(gap_q * (last - y))), if(NOT later OR lack != '' OR met, 'NOT_APPLICABLE', '')),
            ('pace so far', concat(toString(p * base_q - base_p * q), '/', toString(q * base_q * (y - base))), multiIf(NOT later OR lack != '', 'NOT_APPLICABLE', line_lack)),
            ('result', multiIf(
                y < first OR base != 0 AND y <= base, 'NOT_DUE', lack != '', 'UNKNOWN', met, 'MET', NOT later, 'MISSED', line_lack != '', 'UNKNOWN',
                if(at_most, ahead <= 0, ahead >= 0), 'ON_TRACK', 'OFF_TRACK'), '')
        ]) AS each
    FROM held
)
