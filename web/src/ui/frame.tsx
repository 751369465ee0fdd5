// What stands around every page: masthead, main and footer.
import type { ComponentChildren } from "preact";

import { follow, href } from "../address";
import { language } from "../language";
import { word } from "../words";

/** The pages, by the folder of their address under the root. */
const pages = [
  { path: "", name: () => word().explorer },
  { path: "dashboard/", name: () => word().dashboard },
  { path: "briefing", name: () => word().briefing },
  { path: "jobs/", name: () => word().jobs },
  { path: "graphiql/", name: () => word().question },
  { path: "docs/", name: () => word().docs },
];

/** Where a page stands: its own folder under the root, or, of one at any depth, the way to the root. */
type Place = { here: string; root?: undefined } | { here?: undefined; root: string };

/** The name, the pages and the languages. */
export function Masthead(place: Place) {
  const root = place.root ?? (place.here === "" ? "./" : "../");
  const lang = language.value === "EN" ? "?lang=en" : "";
  return (
    <>
      <a class="skip" href="#content">{word().skip}</a>
      <header class="masthead">
        <a class="brand" href={root + lang}>Niengiam</a>
        <nav aria-label={word().main}>
          {pages.map(({ path, name }) => (
            <a key={path} href={root + path + lang} aria-current={path === place.here ? "page" : undefined}>{name()}</a>
          ))}
        </nav>
        <div class="languages" role="group" aria-label={word().language}>
          <a href={href({ lang: undefined })} onClick={follow} lang="vi" hreflang="vi" aria-current={language.value === "VI"} title="Tiếng Việt">VI</a>
          <a href={href({ lang: "en" })} onClick={follow} lang="en" hreflang="en" aria-current={language.value === "EN"} title="English">EN</a>
        </div>
      </header>
    </>
  );
}

/** A page: its masthead names the others. */
export function Frame({ children, ...place }: Place & { children: ComponentChildren }) {
  return (
    <>
      <Masthead {...place} />
      <main id="content" tabIndex={-1}>{children}</main>
      <footer class="colophon">
        <p>{word().about}</p>
      </footer>
    </>
  );
}
