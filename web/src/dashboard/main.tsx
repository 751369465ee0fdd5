import "../style/fonts.css";
import "../style/base.css";
import "../style/parts.css";
import "./dashboard.css";
import "./cells.css";
import "./tiles.css";

import { render } from "preact";

import { Frame } from "../ui/frame";
import { List } from "./list";
import { Screen } from "./screen";

/** The code in the address /dashboard/CODE; empty for the list of all. */
const code = decodeURIComponent(location.pathname.split("/").at(-1)!);

const page = document.getElementById("page")!;
page.replaceChildren();
render(<Frame here="dashboard/">{code === "" ? <List /> : <Screen code={code} />}</Frame>, page);
