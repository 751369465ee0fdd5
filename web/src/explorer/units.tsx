// Choosing a unit: a dialog with a search that needs no tone marks.
import { useState } from "preact/hooks";

import { useAnswer } from "../api";
import { UnitsDocument } from "../gen/graphql";
import { language } from "../language";
import { Dialog } from "../ui/dialog";
import { FaultMessage, Live } from "../ui/message";
import { word as common } from "../words";
import { word } from "./words";

/** How many units the list shows before one narrows it. */
const shown = 60;

/** A dialog that gives the code of one unit, as units were on a day. */
export function UnitPicker({ title, day, level, none, choose, close }: {
  title: string;
  day: string;
  level?: string;
  /** The words for choosing no unit, where that is possible. */
  none?: string;
  choose: (code: string | undefined) => void;
  close: () => void;
}) {
  const [text, type] = useState("");
  const search = text.trim();
  const { value, fault, pending, retry } = useAnswer(UnitsDocument, {
    language: language.value,
    basis: { date: day },
    first: shown,
    ...(level && { level }),
    ...(search !== "" && { search }),
  });
  const found = value?.units;
  return (
    <Dialog title={title} close={close}>
      <div class="picker">
        <div class="finder">
          <label for="unit-search">{word().searchUnit}</label>
          <input id="unit-search" type="search" autocomplete="off" spellcheck={false} value={text} onInput={(e) => type(e.currentTarget.value)} aria-describedby="unit-hint" />
          <p id="unit-hint">{word().unitHint}</p>
        </div>
        <Live text={pending ? common().loading : found ? word().units(found.totalCount) : ""} />
        {fault && <FaultMessage fault={fault} retry={retry} />}
        {none && <button type="button" class="option" onClick={() => choose(undefined)}>{none}</button>}
        {found?.nodes.map((unit) => (
          <button type="button" class="option" key={`${unit.level.code}/${unit.code}`} onClick={() => choose(unit.code)}>
            {unit.fullName} <span>{[unit.parent?.name, unit.level.name, unit.code].filter(Boolean).join(" · ")}</span>
          </button>
        ))}
        {found?.totalCount === 0 && <p>{word().nobody}</p>}
        {found && found.totalCount > found.nodes.length && <p>{word().moreUnits(found.totalCount - found.nodes.length)}</p>}
      </div>
    </Dialog>
  );
}
