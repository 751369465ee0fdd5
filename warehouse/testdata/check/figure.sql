-- Value, denominator, rate, weight, coverage and origin of every figure, and what
-- those below a reported one add up to (numbers.md, section 2).
SELECT answer.1 AS measure, indicator, unit, year, answer.2
FROM
(
    SELECT *, arrayJoin([
        ('value', concat(toString(if(kind = 'mean', n, fv)), '/', toString(if(kind = 'mean', m, 100))), lack),
        ('denominator', concat(toString(fd), '/100'), multiIf(kind NOT IN ('ratio', 'attainment'), 'NOT_APPLICABLE', lack != '', 'none', '')),
        ('rate', concat(toString(n), '/', toString(m)), if(kind IN ('ratio', 'attainment'), lack, 'NOT_A_PERCENTAGE')),
        ('weight', concat(toString(fd), '/100'), multiIf(kind != 'mean', 'NOT_APPLICABLE', lack != '', 'none', '')),
        ('coverage', concat(toString(reported), ' of ', toString(of)), ''),
        ('origin', if(indicator = 'attainment-3', '', origin), ''),
        ('roll-up', if(kind = 'mean', concat(toString(rolled_n), '/', toString(rolled_m)), concat(toString(rolled_v), '/100')), if(is_own AND rolled_lack = '', '', 'none'))
    ]) AS each, (each.1, if(each.3 = '', each.2, each.3)) AS answer
    FROM check_figure
    WHERE asked
)
WHERE answer.2 NOT IN ('none', '')
