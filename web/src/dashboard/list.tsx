// All dashboards of the workspace.
import { useEffect } from "preact/hooks";

import { useAnswer } from "../api";
import { DashboardsDocument } from "../gen/graphql";
import { language } from "../language";
import { FaultMessage, Live, Message, Untranslated } from "../ui/message";
import { word as common } from "../words";
import { word } from "./words";

export function List() {
  const { value, fault, retry } = useAnswer(DashboardsDocument, { language: language.value });
  useEffect(() => {
    document.title = `${word().title} · Niengiam`;
  }, [language.value]);
  if (fault) return <FaultMessage whole fault={fault} retry={retry} />;
  if (!value) return <section class="waiting"><Live text={common().loading} /></section>;
  if (value.dashboards.length === 0) return <Message whole title={word().none}><p>{word().noneText}</p></Message>;
  return (
    <>
      <h1 class="list-title">{word().title}</h1>
      <p class="lead">{word().lead}</p>
      <Untranslated count={value.untranslated} />
      <ul class="boards">
        {value.dashboards.map((board) => (
          <li key={board.code}>
            <h2><a href={`./${board.code}${language.value === "EN" ? "?lang=en" : ""}`}>{board.title}</a></h2>
            <p class="faint number">{word().comparedWith(board.year, board.baseYear === "PREVIOUS" ? board.year - 1 : board.baseYear)}</p>
            {board.description && <p>{board.description}</p>}
          </li>
        ))}
      </ul>
    </>
  );
}
