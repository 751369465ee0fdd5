-- All restatements with the last decision about each.
SELECT
    r.id, r.source, r.run, r.by, r.held, r.digest, r.added, r.revised, r.document, r.corrections,
    d.state, d.judge, d.reason, d.decided, d.successor
FROM restatement AS r
LEFT JOIN
(
    SELECT restatement, state, judge, reason, decided, successor
    FROM restatement_decision
    ORDER BY decided DESC
    LIMIT 1 BY restatement
) AS d ON d.restatement = r.id
ORDER BY r.id DESC
LIMIT 1 BY r.id
