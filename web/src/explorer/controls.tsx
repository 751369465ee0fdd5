// What can be chosen: years, level, within, members, order, and from which point of view.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

import { go } from "../address";
import { recall } from "../api";
import { UnitsDocument } from "../gen/graphql";
import { language } from "../language";
import { day } from "../ui/numbers";
import { isPercentage } from "./measure";
import { orders, unitsOn, type Available, type Choice, type Frame, type Indicator } from "./state";
import { UnitPicker } from "./units";
import { word } from "./words";

export function Controls({ choice, indicator, levels, bases, available }: Frame & { choice: Choice; available: Available | undefined }) {
  const years = [...new Set([...indicator.years, choice.year])].toSorted((a, b) => b - a);
  const baseYears = [...new Set([...indicator.years, ...(choice.base === undefined ? [] : [choice.base])])].filter((y) => y !== choice.year || y === choice.base).toSorted((a, b) => b - a);
  const compared = [["none", word().noBase], ...(years.length > 1 ? [["previous", word().yearBefore]] : []), ...baseYears.map((y) => [String(y), String(y)])];
  const percentages = isPercentage(indicator);
  return (
    <form class="controls screen" aria-label={word().question} onSubmit={(event) => event.preventDefault()}>
      <Select name="year" label={word().year} value={String(choice.year)} options={years.map((y) => [String(y), String(y)])} choose={(year) => go({ year, ...(Number(year) === choice.base && { base: undefined }) })} />
      <Select name="base" label={word().base} value={choice.previous ? "previous" : String(choice.base ?? "none")} options={compared} choose={(base) => go({ base })} />
      <Select
        name="level"
        label={word().level}
        value={choice.level}
        options={levels.map(({ code, name }) => {
          const at = available?.levels.find((l) => l.level.code === code);
          return [code, at ? word().levelCount(name, at.count, at.universeCount) : name];
        })}
        choose={(level) => go({ level, unit: undefined, units: undefined })}
      />
      <Within choice={choice} />
      {indicator.breakdowns.map((dimension) => <Members key={dimension.code} dimension={dimension} choice={choice} />)}
      {(choice.view === "ranking" || choice.view === "map") && (
        <Select
          name="order"
          label={word().order}
          value={choice.order}
          options={orders.filter((order) => order === "VALUE" || (choice.base !== undefined && (percentages || order !== "POINTS"))).map((order) => [order, word().orders[order]])}
          choose={(order) => go({ order: order === "VALUE" ? undefined : order.toLowerCase() })}
        />
      )}
      <More choice={choice}>
        {(choice.view === "chart" || choice.view === "table") && indicator.years.length > 2 && <Span choice={choice} indicator={indicator} />}
        <Basis choice={choice} bases={bases} />
        <label class="field">
          <span>{word().asOf}</span>
          <input type="date" value={choice.asOf ?? ""} onChange={(event) => go({ asof: event.currentTarget.value || undefined })} />
        </label>
        {choice.version && (
          <p class="faint">
            {word().versionNote(choice.version)}{" · "}
            <button type="button" class="link" onClick={() => go({ version: undefined })}>{word().latestVersion}</button>
          </p>
        )}
      </More>
    </form>
  );
}

/** What few choose; open from the first where something of it is chosen. */
function More({ choice, children }: { choice: Choice; children: ComponentChildren }) {
  const [open] = useState([choice.from, choice.to, choice.basis, choice.asOf, choice.version].some((chosen) => chosen !== undefined));
  return (
    <details class="more" open={open}>
      <summary>{word().moreChoices}</summary>
      <div class="controls">{children}</div>
    </details>
  );
}

/** The years that a chart or table reaches from and to. */
function Span({ choice, indicator: { years } }: { choice: Choice; indicator: Indicator }) {
  const [first, last] = [years[0]!, years.at(-1)!];
  const between = (from: number, to: number) => years.filter((y) => y >= from && y <= to).map((y) => [String(y), String(y)]);
  return (
    <>
      <Select name="from" label={word().from} value={String(choice.from ?? "")} options={[["", word().firstYear(first)], ...between(first + 1, (choice.to ?? last) - 1)]} choose={(from) => go({ from })} />
      <Select name="to" label={word().to} value={String(choice.to ?? "")} options={[["", word().lastYear(last)], ...between((choice.from ?? first) + 1, last - 1)]} choose={(to) => go({ to })} />
    </>
  );
}

/** One member of a dimension, or all of it. */
function Members({ dimension, choice }: { dimension: Indicator["breakdowns"][number]; choice: Choice }) {
  const { code, name, members } = dimension;
  return (
    <Select
      name={`members-${code}`}
      label={name}
      value={choice.members.find((m) => m.dimension === code)?.member ?? ""}
      options={[["", word().wholeOf], ...members.map((m) => [m.code, m.name])]}
      choose={(member) => {
        const others = choice.members.filter((m) => m.dimension !== code);
        go({ members: [...others, ...(member ? [{ dimension: code, member }] : [])].map((m) => `${m.dimension}:${m.member}`).join() });
      }}
    />
  );
}

/** On which units: those of each year, or those of a day from which they were others. */
function Basis({ choice, bases }: { choice: Choice; bases: string[] }) {
  const days = [...new Set([...bases, ...(choice.basis ? [choice.basis] : [])])].toSorted().reverse();
  return (
    <Select
      name="basis"
      label={word().basis}
      value={choice.basis ?? ""}
      options={[["", word().ownUnits], ...days.map((date) => [date, word().unitsOf(day(date, "medium"))])]}
      choose={(basis) => go({ basis, level: undefined, within: undefined, unit: undefined, units: undefined })}
    />
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
    const variables = { language: language.value, within: choice.within, basis: { date: unitsOn(choice) }, first: 1 };
    recall(UnitsDocument, variables).then(
      ({ units }) => know(units.nodes.find((unit) => unit.code === choice.within)?.fullName),
      () => know(undefined), // the view says what is wrong with it
    );
  }, [choice.within, unitsOn(choice), language.value]);
  return (
    <div class="field">
      <span id="within">{word().within}</span>
      <button type="button" aria-describedby="within" onClick={() => set(true)}>{choice.within ? (name ?? choice.within) : word().everywhere}</button>
      {open && (
        <UnitPicker
          title={word().chooseUnit}
          day={unitsOn(choice)}
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
