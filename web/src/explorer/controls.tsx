// What can be chosen: year, base year, level, within, day of publication, order.
import { useEffect, useState } from "preact/hooks";

import { go } from "../address";
import { recall } from "../api";
import { UnitsDocument } from "../gen/graphql";
import { language } from "../language";
import { orders, type Choice, type Indicator, type Level, type Probe } from "./state";
import { UnitPicker } from "./units";
import { word } from "./words";

export function Controls({ choice, indicator, levels, probes }: { choice: Choice; indicator: Indicator; levels: Level[]; probes: Probe[] | undefined }) {
  const years = [...new Set([...indicator.years, choice.year])].toSorted((a, b) => b - a);
  const bases = [...new Set([...indicator.years, choice.base])].filter((y) => y !== choice.year || y === choice.base).toSorted((a, b) => b - a);
  const percentages = indicator.kind === "RATIO" || indicator.kind === "ATTAINMENT";
  return (
    <form class="controls screen" aria-label={word().question} onSubmit={(event) => event.preventDefault()}>
      <Select name="year" label={word().year} value={String(choice.year)} options={years.map((y) => [String(y), String(y)])} choose={(year) => go({ year })} />
      <Select name="base" label={word().base} value={String(choice.base)} options={bases.map((y) => [String(y), String(y)])} choose={(base) => go({ base })} />
      <Select
        name="level"
        label={word().level}
        value={choice.level}
        options={levels.map(({ code, name }) => {
          const probe = probes?.find((p) => p.level === code);
          return [code, probe && probe.universeCount > 0 ? word().levelCount(name, probe.rankedCount, probe.universeCount) : name];
        })}
        choose={(level) => go({ level, unit: undefined, units: undefined })}
      />
      <Within choice={choice} />
      {(choice.view === "ranking" || choice.view === "map") && (
        <Select
          name="order"
          label={word().order}
          value={choice.order}
          options={orders.filter((order) => percentages || order !== "POINTS").map((order) => [order, word().orders[order]])}
          choose={(order) => go({ order: order === "VALUE" ? undefined : order.toLowerCase() })}
        />
      )}
      <label class="field">
        <span>{word().asOf}</span>
        <input type="date" value={choice.asOf ?? ""} onChange={(event) => go({ asof: event.currentTarget.value || undefined })} />
      </label>
    </form>
  );
}

function Select({ name, label, value, options, choose }: { name: string; label: string; value: string; options: string[][]; choose: (value: string) => void }) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {options.map(([code, name]) => <option key={code} value={code} selected={code === value}>{name}</option>)}
      </select>
    </div>
  );
}

/** The unit that the level is narrowed to. */
function Within({ choice }: { choice: Choice }) {
  const [open, set] = useState(false);
  const [name, know] = useState<string>();
  useEffect(() => {
    know(undefined);
    if (!choice.within) return;
    const variables = { language: language.value, within: choice.within, basis: { date: `${choice.year}-12-31` }, first: 1 };
    recall(UnitsDocument, variables).then(
      ({ units }) => know(units.nodes.find((unit) => unit.code === choice.within)?.fullName),
      () => know(undefined), // the view says what is wrong with it
    );
  }, [choice.within, choice.year, language.value]);
  return (
    <div class="field">
      <span id="within">{word().within}</span>
      <button type="button" aria-describedby="within" onClick={() => set(true)}>{choice.within ? (name ?? choice.within) : word().everywhere}</button>
      {open && (
        <UnitPicker
          title={word().chooseUnit}
          year={choice.year}
          none={word().everywhere}
          close={() => set(false)}
          choose={(within) => {
            set(false);
            go({ within, unit: undefined, units: undefined });
          }}
        />
      )}
    </div>
  );
}
