// How a load ended.
import { word } from "./words";

/** How a load ended, as a mark. */
export function Outcome({ outcome }: { outcome: string }) {
  return <span class={`outcome ${outcome}`}>{word().outcomes[outcome as keyof ReturnType<typeof word>["outcomes"]] ?? outcome}</span>;
}
