/** @jsxImportSource react */
import "graphiql/setup-workers/vite";
import "../style/fonts.css";
import "../style/base.css";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "graphiql/graphiql.css";
import "./page.css";

import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";

import growth from "./growth.graphql?raw";
import { above } from "./masthead";
import ranking from "./ranking.graphql?raw";

// A question that another page hands over, with its variables: ?query=…&variables=…
const given = new URLSearchParams(location.search);
const query = given.get("query");

// The API of the server that sent this page; the page speaks to no other.
// Answers are in the language of the page, not of the browser.
const fetcher = createGraphiQLFetcher({
  url: "/graphql",
  fetch: (url, options) => fetch(url, { ...options, headers: { ...options?.headers, "Accept-Language": document.documentElement.lang } }),
});

above(document.getElementById("masthead")!);
createRoot(document.getElementById("graphiql")!).render(
  <GraphiQL
    fetcher={fetcher}
    {...(query === null
      ? { defaultTabs: [{ query: growth }, { query: ranking }] }
      : { initialQuery: query, initialVariables: given.get("variables") ?? "" })}
    defaultQuery={"# Câu hỏi mới · A new question\n"}
  >
    {/* The masthead names the page; GraphiQL's own mark would link outside. */}
    <GraphiQL.Logo>
      <span />
    </GraphiQL.Logo>
  </GraphiQL>,
);
