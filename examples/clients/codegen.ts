// Types of the operations and of the saved questions, from the schema of a running
// program: what any project does that asks the API from TypeScript.
import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: `${process.env.NIENGIAM_URL ?? "http://127.0.0.1:8080"}/schema.graphql`,
  documents: ["operations/*.graphql", "../angiang/questions/*.graphql"],
  generates: {
    "generated/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        // Exact decimals travel as strings with all their digits: no float is made of them unasked.
        scalars: { BaseYear: "number | 'PREVIOUS'", Decimal: "string", Date: "string", Time: "string", Upload: "File" },
        strictScalars: true,
        enumsAsTypes: true,
        useTypeImports: true,
      },
    },
  },
};

export default config;
