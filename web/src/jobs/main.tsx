import "../style/fonts.css";
import "../style/base.css";
import "../style/parts.css";
import "./jobs.css";
import "./sources.css";

import { render } from "preact";

import { Frame } from "../ui/frame";
import { Jobs } from "./jobs";

const page = document.getElementById("page")!;
page.replaceChildren();
render(<Frame here="jobs/"><Jobs /></Frame>, page);
