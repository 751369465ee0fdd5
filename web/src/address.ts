// The address of the page is its only state: what one sees can be sent, and the
// browser's back and forward work. Every page reads and writes it here.
import { signal } from "@preact/signals";

/** What the address asks for, as it is now. */
export const query = signal(new URLSearchParams(location.search));

addEventListener("popstate", () => {
  query.value = new URLSearchParams(location.search);
});

/** Changes to the address: a name without a value is taken out. */
export type Patch = Record<string, string | number | undefined>;

/** The address after a change, for a link. */
export function href(patch: Patch): string {
  const next = new URLSearchParams(query.value);
  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined || value === "") next.delete(name);
    else next.set(name, String(value));
  }
  // Codes and commas stay readable in an address that people send.
  const text = next.toString().replace(/%2C/g, ",");
  return text === "" ? location.pathname : `?${text}`;
}

/** Goes to the address after a change; `replace` leaves no step to go back to. */
export function go(patch: Patch, how: "push" | "replace" = "push"): void {
  const target = href(patch);
  if (how === "push") history.pushState(null, "", target);
  else history.replaceState(null, "", target);
  query.value = new URLSearchParams(location.search);
}

/** Lets a plain click on a link of this page go without loading it anew. */
export function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.currentTarget as HTMLAnchorElement;
  event.preventDefault();
  history.pushState(null, "", link.href);
  query.value = new URLSearchParams(location.search);
}
