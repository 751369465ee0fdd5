-- Value, denominator, rate and coverage of every figure (numbers.md, section 2).
SELECT
    answer.1 AS measure, indicator, unit, year, answer.2
FROM
(
    SELECT *, arrayJoin([
        ('value', if(kind = 'mean', concat(toString(n), '/', toString(m)), concat(toString(v), '/100')), lack),
        ('denominator', concat(toString(d), '/100'), multiIf(kind NOT IN ('ratio', 'attainment'), 'NOT_APPLICABLE', lack != '', 'none', '')),
        ('rate', concat(toString(n), '/', toString(m)), if(kind IN ('ratio', 'attainment'), lack, 'NOT_A_PERCENTAGE')),
        ('weight', concat(toString(d), '/100'), multiIf(kind != 'mean', 'NOT_APPLICABLE', lack != '', 'none', ''))
    ]) AS each, (each.1, if(each.3 = '', each.2, each.3)) AS answer
    FROM check_figure
    WHERE each.3 != 'none'
)
UNION ALL
SELECT 'coverage', indicator, unit, year, concat(toString(reported), ' of ', toString(expected)) FROM check_figure
