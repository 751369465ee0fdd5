-- The same, of any two years, summed when it is asked.
CREATE FUNCTION growth(of text, current_year int, base_year int) RETURNS SETOF district_growth LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT
        of, current_year::smallint, rank() OVER (ORDER BY f.current / f.base DESC)::int,
        d.code, d.name, f.base, f.current, f.current - f.base, (f.current / f.base - 1) * 100
    FROM
    (
        SELECT district, sum(value) FILTER (WHERE year = base_year) AS base, sum(value) FILTER (WHERE year = current_year) AS current
        FROM fact
        WHERE indicator = of AND year IN (base_year, current_year)
        GROUP BY district
    ) AS f
    JOIN district AS d ON d.code = f.district
    ORDER BY 3
$$
