-- How many observations and postings can be seen of each year, and what they add up to.
SELECT year, sum(observations), toInt64(sum(observed)), sum(postings), toInt64(sum(posted))
FROM
(
    SELECT year, toInt64(count()) AS observations, sum(assumeNotNull(value)) AS observed, toInt64(0) AS postings, toDecimal128(0, 10) AS posted
    FROM observation WHERE release IN (SELECT id FROM release) GROUP BY year
    UNION ALL
    SELECT year, 0, 0, toInt64(sum(sign)), sum(value)
    FROM posting WHERE loaded IN (SELECT id FROM release) GROUP BY year
)
GROUP BY year
