#!/usr/bin/env bash
# The API with curl alone: a question by POST and by GET, a file, and the file again with its ETag.
set -euo pipefail
address=${NIENGIAM_URL:-http://127.0.0.1:8080}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

expect() { # expect NAME PATTERN < text
	grep -- "$2" >/dev/null || { # reads all of it: -q would end before curl has written
		echo "curl: $1: no $2" >&2
		exit 1
	}
	echo "curl: $1"
}

question='{ figure(indicator: "criterion-19-2", unit: "89", year: 2020) { value denominator } }'
curl -fsS "$address/graphql" --json "$(printf '{"query": "%s"}' "${question//\"/\\\"}")" | expect 'a question by POST' '"value":"97","denominator":"119"'
curl -fsSG "$address/graphql" --data-urlencode "query=$question" | expect 'a question by GET' '"value":"97"'
curl -fsSG "$address/export/-.csv" -d notes=no --data-urlencode "query=$question" | expect 'any question as CSV' '^97,119'

level='{ levels { name } figure(indicator: "criterion-19-2", unit: "89", year: 2020) { rate } }'
curl -fsSG "$address/graphql" -H 'Accept-Language: en-GB,en;q=0.9' --data-urlencode "query=$level" | expect 'the language by a header' '"name":"country".*"rate":"81.5126050420168067"'
curl -fsSG "$address/graphql" -d lang=en -d decimals=number --data-urlencode "query=$level" | expect 'language and numbers by the address' '"name":"country".*"rate":81.5126050420168067'
curl -fsSG "$address/graphql" --data-urlencode "query=query @answer(language: EN, decimals: NUMBER) $level" | expect 'language and numbers by the question' '"name":"country".*"rate":81.5126050420168067'

curl -fsS "$address/export/census-by-district.csv?notes=no" -D "$work/head" -o "$work/census.csv"
expect 'a saved question as CSV' '^1,893,Chợ Mới,307981,' <"$work/census.csv"
etag=$(sed -n 's/^[Ee][Tt]ag: \(.*\)\r$/\1/p' "$work/head")
curl -sS "$address/export/census-by-district.csv?notes=no" -H "If-None-Match: $etag" -o /dev/null -w '%{http_code}' | expect 'the same file again' '^304$'
curl -sS "$address/export/census-by-distric.csv" -w '%{http_code}' | expect 'a name that is not there' '"nearest":\["census-by-district"\]'
curl -fsS "$address/schema.graphql" | expect 'the schema' '^type Query {'
