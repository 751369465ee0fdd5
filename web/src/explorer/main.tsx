import "../style/fonts.css";
import "../style/base.css";
import "../style/parts.css";
import "./explorer.css";
import "./view.css";
import "./charts.css";
import "./ranking.css";
import "./lists.css";
import "./map.css";
import "./print.css";

import { render } from "preact";
import { useEffect } from "preact/hooks";

import { query } from "../address";
import { language } from "../language";
import { Frame } from "../ui/frame";
import { askAhead } from "./ahead";
import { Catalogue } from "./catalogue";
import { Explore } from "./explore";
import { word } from "./words";

function Home() {
  useEffect(() => {
    document.title = "Niengiam";
  }, [language.value]);
  return (
    <>
      <h1 class="lead">{word().lead}</h1>
      <Catalogue />
    </>
  );
}

function Explorer() {
  const indicator = query.value.get("indicator");
  return <Frame here="">{indicator === null || indicator === "" ? <Home /> : <Explore />}</Frame>;
}

askAhead();
const page = document.getElementById("page")!;
page.replaceChildren();
render(<Explorer />, page);
