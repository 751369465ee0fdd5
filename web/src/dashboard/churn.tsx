// Who gained and who lost an attainment, behind the change of the whole.
import { whole } from "../ui/numbers";
import type { Of } from "./state";
import { word } from "./words";

type Group = NonNullable<Of<"comparison">["churn"]>["gained"];

export function Churn({ of: { rows, churn } }: { of: Of<"comparison"> }) {
  return (
    <>
      {rows[0] && <p class="number">{rows[0].current.text}, {rows[0].change.text}</p>}
      {!churn ? <p class="faint">{word().noChurn}</p> : (
        <dl class="groups">
          <Named name={word().gained} sign="+" of={churn.gained} always />
          <Named name={word().lost} sign="−" of={churn.lost} always />
          <Named name={word().new} sign="∗" of={churn.new} />
          <Named name={word().gone} sign="†" of={churn.gone} />
          <Named name={word().unjudged} sign="?" of={churn.unjudged} />
          <dt><span aria-hidden="true">=</span> {word().kept} <b class="number">{churn.kept}</b></dt>
          <dt><span aria-hidden="true">·</span> {word().never} <b class="number">{churn.never}</b></dt>
        </dl>
      )}
    </>
  );
}

/** A group with its names, by the unit that they lie in. */
function Named({ name, sign, of, always = false }: { name: string; sign: string; of: Group; always?: boolean }) {
  if (of.count === 0 && !always) return null;
  const within = new Map<string, string[]>();
  for (const unit of of.units) within.set(unit.parent?.name ?? "", [...(within.get(unit.parent?.name ?? "") ?? []), unit.name]);
  return (
    <>
      <dt><span aria-hidden="true">{sign}</span> {name} <b class="number">{whole(of.count)}</b></dt>
      {of.units.length > 0 && (
        <dd>{[...within].map(([parent, units], i) => <span key={parent}>{i > 0 && "; "}{parent && <i>{parent}: </i>}{units.join(", ")}</span>)}</dd>
      )}
    </>
  );
}
