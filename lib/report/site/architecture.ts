import { escapeHtml } from "../escape_html.ts";
import { type ImportGraph, layersOf, NOTEBOOKS, withoutShortcuts } from "./import_graph.ts";

/** What the folders do, in a few words; a folder that is missing here stands with its name alone. */
const WORDS: Readonly<Record<string, string>> = {
  build: "makes data/",
  command: "command lines",
  json_fields: "fields of JSON",
  data: "typed readers",
  descriptive: "shares, raw means",
  download: "publishers' originals",
  econometrics: "estimators",
  elasticity: "σ from patents",
  equilibrium: "trade model",
  event_study: "specifications",
  figures: "one file a figure",
  io_table: "element rows",
  notebooks: "the story",
  numeric: "solvers, draws",
  panels: "outcomes, exposure",
  patents: "texts to panels",
  products: "trade by product",
  report: "shows, exports",
  source: "choice of data",
  story: "rows, sentences",
  sweep: "many scenarios",
  uncertainty: "draws to intervals",
  validation: "known answers",
  what_if: "browser page",
};

const BOX = { width: 124, height: 44 };
const GAP = { across: 22, down: 46 };
const MARGIN = 20;

/**
 * The folders as boxes in layers, an arrow from each to the folders that use it: all arrows point
 * down. An arrow that a longer way already says is left out.
 *
 * @throws RangeError when folders use each other in a circle
 */
export function architecture(graph: ImportGraph): string {
  const arrows = withoutShortcuts(graph);
  const layers = drawnDown(layersOf(graph), arrows);
  const rows = placed(layers, arrows);
  const widest = Math.max(...rows.map((row) => row.length));
  const width = 2 * MARGIN + widest * BOX.width + (widest - 1) * GAP.across;
  const height = 2 * MARGIN + rows.length * BOX.height + (rows.length - 1) * GAP.down;
  const centre = new Map(rows.flatMap((row, layer) =>
    row.map((node, k) => {
      const whole = row.length * BOX.width + (row.length - 1) * GAP.across;
      const left = (width - whole) / 2 + k * (BOX.width + GAP.across);
      const top = MARGIN + layer * (BOX.height + GAP.down);
      return [node, { x: left + BOX.width / 2, top }] as const;
    })
  ));
  const lines = [...arrows].flatMap(([node, used]) =>
    [...used].map((from) => arrow(centre.get(from)!, centre.get(node)!))
  );
  const boxes = [...centre].map(([node, at]) => box(node, at));
  const label = `Folders of the library in ${rows.length} layers, from ${
    rows[0].join(", ")
  } down to ${
    rows[rows.length - 1].join(", ")
  }; every arrow points from a folder to one that uses it.`;
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${
    escapeHtml(label)
  }" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" style="font-family:system-ui,sans-serif;background:#fff">` +
    `<defs><marker id="architecture-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0L8,4L0,8Z" fill="#57606a"/></marker></defs>` +
    `<rect width="${width}" height="${height}" fill="#fff"/>${lines.join("")}${
      boxes.join("")
    }</svg>`;
}

/** Layers in which every folder that is used stands right above the first one that uses it. */
function drawnDown(
  layers: ReadonlyMap<string, number>,
  arrows: ImportGraph,
): ReadonlyMap<string, number> {
  const lowered = new Map(layers);
  for (const [node, layer] of [...layers].toSorted(([, a], [, b]) => b - a)) {
    const users = [...arrows].filter(([, used]) => used.has(node)).map(([user]) => user);
    const lowest = Math.min(...users.map((user) => lowered.get(user)! - 1));
    lowered.set(node, users.length === 0 ? layer : lowest);
  }
  return lowered;
}

/** Nodes by layer; within a layer ordered by the middle of what they use, so that arrows cross little. */
function placed(layers: ReadonlyMap<string, number>, arrows: ImportGraph): readonly string[][] {
  const count = 1 + Math.max(...layers.values());
  const rows: string[][] = Array.from({ length: count }, () => []);
  for (const node of [...layers.keys()].toSorted()) rows[layers.get(node)!].push(node);
  const position = new Map<string, number>();
  const place = (row: readonly string[]) =>
    row.forEach((node, k) => position.set(node, (k + 0.5) / row.length));
  rows.forEach(place);
  const mean = (nodes: readonly string[]) =>
    nodes.reduce((sum, node) => sum + position.get(node)!, 0) / nodes.length;
  const users = (node: string) => [...arrows].filter(([, used]) => used.has(node)).map(([n]) => n);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const row of sweep % 2 === 0 ? rows : rows.toReversed()) {
      const wanted = new Map(row.map((node) => {
        const beside = sweep % 2 === 0 ? [...arrows.get(node)!] : users(node);
        return [node, beside.length === 0 ? position.get(node)! : mean(beside)];
      }));
      row.sort((a, b) => wanted.get(a)! - wanted.get(b)! || (a < b ? -1 : 1));
      place(row);
    }
  }
  return rows;
}

/** Passes over the layers; the order settles after a few. */
const SWEEPS = 8;

interface Place {
  readonly x: number;
  readonly top: number;
}

function arrow(from: Place, to: Place): string {
  const [y1, y2] = [from.top + BOX.height, to.top - 2];
  const bend = Math.max(20, (y2 - y1) / 2);
  return `<path d="M${from.x},${y1}C${from.x},${y1 + bend} ${to.x},${
    y2 - bend
  } ${to.x},${y2}" fill="none" stroke="#8b949e" stroke-width="1.2" marker-end="url(#architecture-tip)"/>`;
}

function box(node: string, { x, top }: Place): string {
  const words = WORDS[node];
  const isStory = node === NOTEBOOKS;
  const text = (y: number, size: number, fill: string, weight: number, content: string) =>
    `<text x="${x}" y="${
      top + y
    }" text-anchor="middle" font-size="${size}" font-weight="${weight}" fill="${fill}">${
      escapeHtml(content)
    }</text>`;
  return `<rect x="${
    x - BOX.width / 2
  }" y="${top}" width="${BOX.width}" height="${BOX.height}" rx="7" fill="${
    isStory ? "#e2eefa" : "#f5f6f7"
  }" stroke="${isStory ? "#0b5394" : "#8b949e"}"/>` +
    text(words === undefined ? 27 : 19, 13, "#1f2328", 600, node) +
    (words === undefined ? "" : text(34, 11, "#57606a", 400, words));
}
