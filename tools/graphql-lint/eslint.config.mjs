// The recommended rules of graphql-eslint for schemas, over the schema of the API. It is
// run from the project's root. Each exception says why.
import graphql from "@graphql-eslint/eslint-plugin";

const rules = {
  ...graphql.configs["flat/schema-recommended"].rules,
  // Descriptions are one line each, however long, so that a change of one is a change of a line.
  "@graphql-eslint/description-style": ["error", { style: "inline" }],
  // Most types are values within one answer (a row, a change, a note), which are identified by
  // the question and their unit. What has an identity has a field for it: `id` where the number
  // is ours (Figure, Release, Run, Restatement), `code` where it is the workspace's.
  "@graphql-eslint/strict-id-in-types": "off",
};

export default [
  {
    files: ["**/*.graphqls"],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: "schema/graphql/*.graphqls" } },
    },
    plugins: { "@graphql-eslint": graphql },
    rules,
  },
];
