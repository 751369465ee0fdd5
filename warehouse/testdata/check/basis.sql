-- Figures of the years on the units of 1 July 2021 (numbers.md, section 6), of communes
-- that were merged, or parted by tenths, or by shares that nobody knows. A commune
-- that lies in a unit with all its parts lies in it whole. A unit that has the communes
-- that it had is compared as it was reported, and only a share of something is an estimate.
WITH
    communes AS (SELECT unit, toUInt16(substring(unit, 2)) AS i, i % 44 AS of, intDiv(i, 44) AS place FROM check_place WHERE level = 'commune'),
    rows AS
    (
        SELECT unit, to.1 AS district, concat('N', leftPad(toString(district), 2, '0'), to.2) AS commune, to.3 AS tenths
        FROM communes
        ARRAY JOIN multiIf(
            place IN (0, 1), [(of, 'a', 10)], place = 2, [(of, 'b', 10)], place = 3, [((of + 21) % 22, 'b', 10)],
            place = 4, [(of, 'a', 3), (if(of % 4 = 1, (of + 1) % 22, of), 'c', 7)],
            place = 6 AND of % 5 = 0, [(of, 'b', 0), (of, 'c', 0)], [(of, 'c', 10)]) AS to
        WHERE of < 22 AND place < 7
        UNION ALL
        SELECT unit, of, unit, 10 FROM communes WHERE NOT (of < 22 AND place < 7)
    ),
    pieces AS
    (
        SELECT unit, into.1 AS target, into.2 AS level, if(count() = any(parts), 10, sum(tenths)) AS tenths, countIf(rows.tenths = 0) > 0 AND count() < any(parts) AS unknown
        FROM (SELECT *, count() OVER (PARTITION BY unit) AS parts FROM rows) AS rows
        ARRAY JOIN [(commune, 'commune'), (concat('D', leftPad(toString(district), 2, '0')), 'district'), (concat('P', toString(district % 5)), 'province')] AS into
        GROUP BY unit, target, level
    ),
    homes AS (SELECT unit AS resident, [unit, a1, a2] AS home FROM check_place WHERE level = 'commune'),
    sizes AS (SELECT inside, count() AS communes FROM homes ARRAY JOIN home AS inside GROUP BY inside),
    figures AS
    (
        SELECT
            f.indicator AS indicator, f.year AS year, target, pieces.level AS level, any(f.kind) AS kind, count() AS expected, countIf(f.lack = '') AS known,
            max(unknown) AS torn, max(tenths < 10) AS parted, max(tenths < 10 AND f.lack = '' AND (f.fv != 0 OR f.fd != 0)) AS shared,
            NOT parted AND countIf(has(homes.home, target)) = count() AND count() = any(sizes.communes) AS untouched, count() = 1 AND NOT parted AS sole,
            level = 'commune' AND NOT sole AND kind = 'attainment' AND indicator != 'attainment-7' AS judged,
            countIf(f.lack = '' AND f.fv > 0) AS met, countIf(f.lack = '' AND f.fv = 0) AS failed,
            multiIf(judged AND indicator = 'attainment-1', multiIf(failed > 0, 0, known < expected, -1, 1), judged, multiIf(met > 0, 1, known < expected, -1, 0), 0) AS verdict,
            if(judged, if(verdict < 0, 0, expected), known) AS reported,
            if(judged, toInt256(verdict * 1000), sumIf(f.fv * tenths, f.lack = '')) AS v,
            if(judged, toInt256(1000), sumIf(f.fd * tenths, f.lack = '')) AS d, sumIf(f.fv * f.fd * tenths, f.lack = '') AS w,
            multiIf(
                torn OR judged AND indicator = 'attainment-8' OR level != 'commune' AND parted AND kind = 'attainment' AND indicator != 'attainment-7', 'NOT_COMPARABLE',
                reported = 0, 'MISSING', reported * 3 < expected * 2, 'COVERAGE_LOW', '') AS lack,
            toInt256(multiIf(kind = 'mean', w, kind IN ('ratio', 'attainment'), v * 100, v)) AS n,
            toInt256(multiIf(kind = 'mean', d * 100, kind IN ('ratio', 'attainment'), d, 1000)) AS m,
            toInt256(if(kind = 'attainment', v, n)) AS q, toInt256(if(kind = 'attainment', 1000, m)) AS r,
            arraySort(groupArrayIf(pieces.unit, f.lack = '')) AS who
        FROM pieces
        INNER JOIN check_figure AS f ON f.unit = pieces.unit
        INNER JOIN homes ON homes.resident = pieces.unit
        LEFT JOIN sizes ON sizes.inside = pieces.target
        WHERE f.year IN (2012, 2015, 2018, 2020) AND (f.indicator LIKE '%-1' OR f.indicator IN ('attainment-6', 'attainment-7', 'attainment-8'))
        GROUP BY indicator, year, target, level
    )
SELECT each.1, indicator, target, year, if(each.3 = '', each.2, each.3)
FROM
(
    SELECT
        c.indicator AS indicator, c.target AS target, c.year AS year, c.kind AS kind,
        multiIf(c.lack = 'MISSING', 'CURRENT_MISSING', c.lack != '', c.lack, b.lack = 'MISSING', 'BASE_MISSING', b.lack) AS lack,
        arrayJoin([
            ('value on a basis', concat(toString(if(kind = 'mean', c.n, c.v)), '/', toString(if(kind = 'mean', c.m, 1000))), c.lack),
            ('rate on a basis', concat(toString(c.n), '/', toString(c.m)), if(kind IN ('ratio', 'attainment'), c.lack, 'NOT_A_PERCENTAGE')),
            ('coverage on a basis', concat(toString(if(c.torn OR c.judged AND c.lack = 'NOT_COMPARABLE', c.known, c.reported)), ' of ', toString(c.expected)), if(c.lack = 'NOT_COMPARABLE', 'none', '')),
            ('change on a basis', concat(toString(c.q * b.r - b.q * c.r), '/', toString(c.r * b.r)), lack),
            ('verdict on a basis', multiIf(
                c.lack = 'NOT_COMPARABLE' OR b.lack = 'NOT_COMPARABLE', 'BREAK',
                c.reported * b.expected != b.reported * c.expected OR c.reported < c.expected AND c.lack = '' AND b.lack = '' AND c.who != b.who, 'COVERAGE_DIFFERS',
                kind = 'attainment' AND c.lack = '' AND b.lack = '' AND c.d != b.d, 'COVERAGE_DIFFERS',
                c.shared OR b.shared, 'RECAST_ESTIMATED', c.untouched, 'COMPARABLE', 'RECAST_EXACT'), '')
        ]) AS each
    FROM figures AS c INNER JOIN figures AS b ON b.indicator = c.indicator AND b.target = c.target AND b.year = 2015 AND c.year != 2015
)
WHERE each.3 != 'none'
