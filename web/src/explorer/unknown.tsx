// An indicator that there is none of: the nearest ones, and the catalogue to look in.
import { Refused, useAnswer } from "../api";
import { CatalogueDocument, FirstLookDocument } from "../gen/graphql";
import { Message } from "../ui/message";
import { word as common } from "../words";
import { Catalogue, catalogueVariables, IndicatorLink } from "./catalogue";
import { word } from "./words";

export function Unknown({ code }: { code: string }) {
  const { fault } = useAnswer(FirstLookDocument, { indicator: code });
  const { value } = useAnswer(CatalogueDocument, catalogueVariables());
  const nearest = fault instanceof Refused ? (fault.faults[0]?.nearest ?? []) : [];
  const name = (of: string) => value?.indicators.nodes.find((i) => i.code === of)?.name ?? of;
  return (
    <>
      <Message whole title={word().unknown(code)}>
        <p>{word().unknownText}</p>
        {nearest.length > 0 && (
          <div class="nearest">
            <p>{common().nearest}:</p>
            <ul>{nearest.map((of) => <li key={of}><IndicatorLink code={of} name={name(of)} /></li>)}</ul>
          </div>
        )}
      </Message>
      <Catalogue />
    </>
  );
}
