// What stands above GraphiQL: the masthead of all pages, and what one does here.
import { render } from "preact";

import { word } from "../words";
import { Masthead } from "../ui/frame";

function Above() {
  return (
    <>
      <Masthead here="graphiql/" />
      <h1 class="hidden">GraphiQL</h1>
      <p class="lead-in">{word().graphiql}</p>
    </>
  );
}

/** Draws it into an element of the page, which GraphiQL's own library does not touch. */
export const above = (place: HTMLElement) => render(<Above />, place);
