// The briefings that are sent by schedule: when next, and whether the last arrived.
import { useAnswer } from "../api";
import { DeliveriesDocument } from "../gen/graphql";
import { language } from "../language";
import { FaultMessage } from "../ui/message";
import { moment } from "../ui/numbers";
import { word } from "./words";

/** The deliveries of the workspace; nothing where it has none. */
export function Deliveries() {
  const { value, fault, retry } = useAnswer(DeliveriesDocument, { language: language.value });
  if (fault) return <FaultMessage fault={fault} retry={retry} />;
  if (!value || value.deliveries.length === 0) return null;
  return (
    <section aria-labelledby="deliveries">
      <h2 id="deliveries">{word().deliveries(value.deliveries.length)}</h2>
      <table class="list stacked" aria-labelledby="deliveries">
        <thead>
          <tr>
            <th scope="col">{word().delivery}</th>
            <th scope="col">{word().sent}</th>
            <th scope="col">{word().next}</th>
          </tr>
        </thead>
        <tbody>
          {value.deliveries.map((d) => (
            <tr key={d.code}>
              <th scope="row"><code>{d.code}</code><span class="under">{word().about(d.unitCode)}</span></th>
              <td data-label={word().sent}>
                {d.sent.length === 0 && <span class="faint">{word().neverSent}</span>}
                {d.sent.slice(0, 5).map((r, i) => (
                  <p key={i}>
                    <span class={r.reason ? "outcome failed" : "outcome"}>{r.reason ? word().lost : word().arrived}</span>{" "}
                    <time dateTime={r.at}>{moment(r.at, d.timeZone)}</time> · {word().to(r.destination)}{r.attempts > 1 && ` · ${word().attempts(r.attempts)}`}
                    <span class="under">{r.files.join(", ")}</span>
                    {r.reason && <span class="under error">{r.reasonText}{r.error && <>: <code lang="en">{r.error}</code></>}</span>}
                  </p>
                ))}
              </td>
              <td data-label={word().next}>
                {d.next ? <time dateTime={d.next}>{moment(d.next, d.timeZone)}</time> : <span class="faint">{word().unknownNext}</span>}
                <span class="under"><code>{d.schedule}</code> {d.timeZone}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
