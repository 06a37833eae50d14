/**
 * What the page does in the browser: reads the controls, sends settings to the worker, and shows what comes back. All
 * texts go in as text, all figures as parsed SVG. A program, not part of the door.
 *
 * @module
 */
import type { AnswerView, TextTable } from "./answer_view.ts";
import { makeControls } from "./controls.ts";
import type { Refusal, Reply } from "./messages.ts";
import type { PageData } from "./page_data.ts";
import { SCENARIO_FILE } from "./scenario_file_name.ts";
import { settingsLink, settingsOfLink } from "./settings_link.ts";
import { startSolver } from "./solver.ts";
import type { WhatIfSettings } from "./what_if_settings.ts";

/** Drawings are made for these widths, px; narrower pages show them smaller. */
const NARROWEST = 360;
const WIDEST = 1000;

/** Browsers refuse an address that changes with every movement of a slider: ms without movement. */
const LINK_PAUSE = 200;

/** Replies that take longer are announced. */
const QUICK = 250;

const part = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no part "${id}"`);
  return found;
};

const { world, choices, program } = JSON.parse(part("what-if-data").textContent!) as PageData;
let settings: WhatIfSettings = choices.defaults;
let shown: AnswerView | undefined;
let linkTimer: ReturnType<typeof setTimeout> | undefined;
let busyTimer: ReturnType<typeof setTimeout> | undefined;

const controls = makeControls(choices, (changed) => {
  part("link-refused").hidden = true;
  choose(changed);
});
const solver = startSolver(program, world, hear, (message) => {
  refuse({ reason: "no equilibrium", message: `The model stopped: ${message}` });
});

/** Takes settings over: controls, link and solver. */
function choose(changed: WhatIfSettings): void {
  settings = changed;
  controls.show(settings);
  const link = `#${settingsLink(settings)}`;
  (part("link") as HTMLInputElement).value = location.href.replace(/#.*$/, "") + link;
  clearTimeout(linkTimer);
  linkTimer = setTimeout(() => {
    if (location.hash !== link) history.replaceState(null, "", link);
  }, LINK_PAUSE);
  part("told").textContent = "";
  solve();
}

function solve(): void {
  const width = part("figures").parentElement!.clientWidth;
  const column = controls.width() < width / 2 ? width - controls.width() - COLUMN_GAP : width;
  const isPaired = column >= TWO_FIGURES;
  const half = isPaired ? (column - FIGURE_GAP) / 2 : column;
  part("figures").dataset.columns = isPaired ? "2" : "1"; // print keeps the widths of the drawings
  const fit = (px: number) => Math.round(Math.min(WIDEST, Math.max(NARROWEST, px - FRAME)));
  document.body.dataset.waiting = "true";
  clearTimeout(busyTimer);
  busyTimer = setTimeout(() => part("busy").hidden = false, QUICK);
  solver.solve(settings, { half: fit(half), whole: fit(column) });
}

/** Gaps and widths of the style sheet, px. */
const COLUMN_GAP = 32;
const FIGURE_GAP = 20;
const TWO_FIGURES = 760;
const FRAME = 10;

function hear(reply: Reply, isNewest: boolean): void {
  if (isNewest) {
    document.body.dataset.waiting = "false";
    clearTimeout(busyTimer);
    part("busy").hidden = true;
  }
  if (reply.kind === "refused") return refuse(reply.refusal);
  if (reply.kind === "closures") {
    if (!isNewest) return;
    draw("closures", reply.figure);
    const problems = part("closures").querySelector<HTMLElement>(".problems")!;
    problems.hidden = reply.problems.length === 0;
    problems.textContent = reply.problems.length === 0
      ? ""
      : `Not solved, so not drawn. ${reply.problems.join(" ")}`;
    document.body.dataset.state = "compared";
    return;
  }
  const { view, solved } = reply;
  shown = view;
  part("refused").hidden = true;
  part("figures").hidden = false;
  part("numbers").hidden = false;
  part("headline").textContent = view.headline;
  part("technology").textContent = view.technology;
  const mini = part("mini");
  mini.hidden = false;
  mini.replaceChildren(...view.numbers.map(({ short, value }) => {
    const piece = element("span", `${short} `);
    piece.append(element("b", value));
    return piece;
  }));
  part("numbers").replaceChildren(...view.numbers.map(({ label, value, note }) => {
    const tile = element("div");
    tile.append(element("dt", label), element("dd", value), element("dd", note));
    return tile;
  }));
  part("chosen").replaceChildren(
    ...view.settings.flatMap(([name, value]) => [element("dt", name), element("dd", value)]),
  );
  part("solved").textContent = `Solved in ${
    Math.ceil(solved)
  } ms; largest residual of all equations ${view.residual}.`;
  for (const [id, figure] of Object.entries(view.figures)) draw(id, figure);
  for (const [id, table] of Object.entries(view.tables)) {
    part(`${id}-table`).replaceChildren(tableElement(table));
  }
  part("notebook").hidden = false;
  part("command").textContent = view.command;
  part("residuals").hidden = false;
  allowSaving(true);
  document.body.dataset.state = "answered";
}

/** Takes all numbers away and says why. */
function refuse({ reason, message }: Refusal): void {
  shown = undefined;
  part("headline").textContent = reason === "no equilibrium"
    ? "No equilibrium found, so nothing is drawn."
    : "These settings cannot be solved, so nothing is drawn.";
  part("technology").textContent = "";
  part("mini").hidden = true;
  part("solved").textContent = "";
  part("numbers").hidden = true;
  part("numbers").replaceChildren();
  part("chosen").replaceChildren();
  part("figures").hidden = true;
  for (const picture of document.querySelectorAll(".drawing .picture")) picture.replaceChildren();
  for (const id of ["prices", "sectors", "regions", "residuals"]) {
    part(`${id}-table`).replaceChildren();
  }
  part("notebook").hidden = true;
  part("residuals").hidden = true;
  const box = part("refused");
  box.hidden = false;
  box.replaceChildren(element("p", message));
  if (reason === "no equilibrium") {
    box.append(element(
      "p",
      "Numbers would be wrong, so there are none. Things to try: a smaller restriction; fixed technology; " +
        "σ nearer to 1; a smaller ψ; a larger supply elasticity. A buyer that loses its only seller of an " +
        "element that nothing replaces has no equilibrium.",
    ));
  }
  allowSaving(false);
  document.body.dataset.state = "refused";
}

function allowSaving(allowed: boolean): void {
  for (const id of ["csv", "scenario"]) (part(id) as HTMLButtonElement).disabled = !allowed;
}

/** Puts a drawing in its place; none where the markup is empty. */
function draw(id: string, markup: string): void {
  const figure = part(id);
  figure.hidden = markup === "";
  const picture = figure.querySelector(".picture")!;
  if (markup === "") return picture.replaceChildren();
  const drawing = new DOMParser().parseFromString(markup, "image/svg+xml").documentElement;
  picture.replaceChildren(document.importNode(drawing, true));
}

function element(name: string, text = ""): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function tableElement({ caption, head, rows }: TextTable): HTMLElement {
  const table = element("table");
  const line = (cells: readonly HTMLElement[]) => {
    const row = element("tr");
    row.append(...cells);
    return row;
  };
  const header = element("thead");
  header.append(line(head.map((text) => {
    const cell = element("th", text);
    cell.setAttribute("scope", "col");
    return cell;
  })));
  const body = element("tbody");
  body.append(...rows.map(([first, ...rest]) => {
    const cell = element("th", first);
    cell.setAttribute("scope", "row");
    return line([cell, ...rest.map((text) => element("td", text))]);
  }));
  table.append(element("caption", caption), header, body);
  return table;
}

function save(name: string, type: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  part("told").textContent = `Saved as ${name}.`;
}

/** Settings of the address; a link that is wrong is refused in words, and the first scenario stands in. */
function followLink(): void {
  const box = part("link-refused");
  box.hidden = true;
  const link = location.hash.slice(1);
  let linked = choices.defaults;
  if (link !== "") {
    try {
      linked = settingsOfLink(link, choices);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      box.hidden = false;
      box.textContent =
        `The link is not followed, and the first scenario is shown instead. ${error.message}.`;
    }
  }
  choose(linked);
}

part("csv").addEventListener("click", () => {
  if (shown !== undefined) save("what-if.csv", "text/csv", shown.csv);
});
part("scenario").addEventListener("click", () => {
  if (shown !== undefined) save(SCENARIO_FILE, "application/json", shown.scenario);
});
part("print").addEventListener("click", () => print());
part("reset").addEventListener("click", () => {
  part("link-refused").hidden = true;
  choose(choices.defaults);
});
part("copy").addEventListener("click", async () => {
  const field = part("link") as HTMLInputElement;
  const copied = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
  if (!copied) field.select();
  part("told").textContent = copied
    ? "Link copied."
    : "The link is selected: copy it from the field.";
});
addEventListener("hashchange", followLink);
let redraw: ReturnType<typeof setTimeout> | undefined;
let drawnAt = innerWidth;
addEventListener("resize", () => {
  if (innerWidth === drawnAt) return;
  drawnAt = innerWidth;
  clearTimeout(redraw);
  redraw = setTimeout(solve, 200);
});
followLink();
