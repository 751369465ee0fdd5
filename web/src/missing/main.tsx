// The page for an address that there is no page at. It stands at any depth: the server writes
// the way to the root into it.
import "../style/fonts.css";
import "../style/base.css";
import "../style/parts.css";

import { render } from "preact";
import { useEffect } from "preact/hooks";

import { language } from "../language";
import { Frame } from "../ui/frame";
import { Message } from "../ui/message";
import { word } from "../words";

const page = document.getElementById("page")!;
const root = page.dataset.root ?? "./";

/** The address as people read it; what is no UTF-8 stays as it is. */
function address(): string {
  try {
    return decodeURI(location.pathname);
  } catch {
    return location.pathname;
  }
}

function Missing() {
  useEffect(() => {
    document.title = `${word().missing} · Niengiam`;
  }, [language.value]);
  return (
    <Message whole title={word().missing}>
      <p>{word().missingText(address())}</p>
      <p><a class="button" href={root + (language.value === "EN" ? "?lang=en" : "")}>{word().home}</a></p>
    </Message>
  );
}

page.replaceChildren();
render(<Frame root={root}><Missing /></Frame>, page);
