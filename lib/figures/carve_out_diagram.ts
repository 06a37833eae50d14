import { frame, ID, innerWidth } from "./frame.ts";
import { formatNumber } from "./number_format.ts";
import { checkRows, distinct } from "./rows.ts";
import { COLOUR, type FigureText, FONT, INK } from "./theme.ts";
import { round2, textBlock, textWidth, wrapText } from "./text.ts";

/** One arrow of the explanation. */
export interface CarveOutStep {
  /** Box the value leaves. */
  readonly from: string;
  /** Box the value reaches. */
  readonly to: string;
  /** In the unit of {@link CarveOutOptions.unit}. */
  readonly value: number;
  /** Words at the arrow. */
  readonly label: string;
}

/** Options of {@link carveOutDiagram}. */
export interface CarveOutOptions extends FigureText {
  /** Unit of the values, printed behind each number. */
  readonly unit: string;
}

interface Box {
  readonly name: string;
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const LINE = 18;
const ARROW_ROOM = 100;

/**
 * Boxes and arrows, from top to bottom, that explain how value is moved between rows of a table.
 * @throws {Error} on empty, missing, negative or non-finite values, arrows that run in a circle, or
 * more than four boxes side by side
 */
export function carveOutDiagram(
  steps: readonly CarveOutStep[],
  options: CarveOutOptions,
): SVGSVGElement {
  checkRows("carveOutDiagram", steps, {
    from: "text",
    to: "text",
    value: "nonnegative",
    label: "text",
  });
  const width = innerWidth(options);
  const { boxes, height } = layout(steps, width);
  const largest = Math.max(...steps.map((step) => step.value), Number.MIN_VALUE);
  const arrows: string[] = [], labels: string[] = [];
  const ports = (name: string, side: "from" | "to") => steps.filter((step) => step[side] === name);
  /** Where the k-th of n arrows meets a box, spread over its middle. */
  const port = (box: Box, step: CarveOutStep, side: "from" | "to") => {
    const other = side === "from" ? "to" : "from";
    const own = ports(box.name, side).sort((a, b) =>
      boxes.get(a[other])!.x - boxes.get(b[other])!.x
    );
    return box.x + box.width * (own.indexOf(step) + 1) / (own.length + 1);
  };
  for (const step of steps) {
    const a = boxes.get(step.from)!, b = boxes.get(step.to)!;
    const x1 = round2(port(a, step, "from")), y1 = round2(a.y + a.height);
    const x2 = round2(port(b, step, "to")), y2 = round2(b.y);
    const thick = round2(1.5 + 4.5 * step.value / largest);
    const bend = round2((y1 + y2) / 2);
    arrows.push(
      `<path d="M${x1},${y1}C${x1},${bend} ${x2},${bend} ${x2},${
        y2 - 7
      }" fill="none" stroke="${COLOUR.blue}" stroke-opacity="0.55" stroke-width="${thick}"/>`,
      `<path d="M${x2},${
        y2 - 9
      }L${x2},${y2}" stroke="${INK.strong}" stroke-width="0.1" marker-end="url(#${ID}-arrow)"/>`,
    );
    const number = `${amount(step.value)} ${options.unit}`;
    const sharing = Math.max(ports(step.from, "from").length, ports(step.to, "to").length);
    const room = Math.min(width / Math.max(sharing, 1) - 16, 230);
    const words = wrapText(step.label, room, FONT.note, { maxLines: 2 });
    const half = Math.max(
      textWidth(number, FONT.label, true),
      ...words.map((line) => textWidth(line, FONT.note)),
    ) / 2;
    // Labels lean to the end of the arrow that no other arrow shares.
    const lean = ports(step.from, "from").length > ports(step.to, "to").length ? 0.7 : 0.3;
    const middle = Math.max(half, Math.min(width - half, x1 + (x2 - x1) * lean));
    const top = bend + (lean - 0.5) * 40 - (words.length * 16 + 17) / 2;
    labels.push(
      `<rect x="${round2(middle - half - 3)}" y="${round2(top)}" width="${
        round2(2 * half + 6)
      }" height="${words.length * 16 + 20}" fill="${INK.paper}"/>`,
      textBlock([number], round2(middle), round2(top + 14), {
        size: FONT.label,
        fill: INK.strong,
        bold: true,
        anchor: "middle",
      }),
      textBlock(words, round2(middle), round2(top + 31), {
        size: FONT.note,
        fill: INK.muted,
        anchor: "middle",
        leading: 1.2,
      }),
    );
  }
  const drawn = [...boxes.values()].map((box) =>
    `<rect x="${round2(box.x)}" y="${round2(box.y)}" width="${round2(box.width)}" height="${
      round2(box.height)
    }" rx="5" fill="#eef5fa" stroke="${COLOUR.blue}" stroke-width="1.5"/>${
      textBlock(box.lines, round2(box.x + box.width / 2), round2(box.y + 23), {
        size: FONT.label,
        fill: INK.strong,
        anchor: "middle",
        leading: LINE / FONT.label,
      })
    }`
  );
  const alt = `Flow drawing: ${
    steps.map((s) => `${amount(s.value)} ${options.unit} from ${s.from} to ${s.to}`)
      .join("; ")
  }.`;
  const svg = [...arrows, ...drawn, ...labels].join("");
  return frame("carveOutDiagram", options, alt, [{ svg, height, gap: 16 }]);
}

/** Thousands in full, so that sums can be followed; smaller numbers with three digits. */
function amount(value: number): string {
  return formatNumber(value, value >= 1000 ? Math.ceil(Math.log10(value + 1)) : 3);
}

/**
 * Boxes in layers: a box stands one layer below the lowest box that sends to it, and a box to which nobody
 * sends just above the first one it sends to, so that no arrow passes a box on its way.
 */
function layout(steps: readonly CarveOutStep[], width: number) {
  const names = distinct(steps.flatMap((step) => [step.from, step.to]), (name) => name);
  const depth = new Map(names.map((name) => [name, 0]));
  for (let round = 0; round <= names.length; round++) {
    let moved = false;
    for (const { from, to } of steps) {
      if (depth.get(to)! <= depth.get(from)!) {
        depth.set(to, depth.get(from)! + 1);
        moved = true;
      }
    }
    if (!moved) break;
    if (round === names.length) {
      throw new Error(`figure carveOutDiagram, columns from, to: the arrows run in a circle`);
    }
  }
  for (const name of names) {
    if (steps.some(({ to }) => to === name)) continue;
    const targets = steps.filter(({ from }) => from === name).map(({ to }) => depth.get(to)!);
    depth.set(name, Math.min(...targets) - 1);
  }
  const boxes = new Map<string, Box>();
  const layers = [...Map.groupBy(names, (name) => depth.get(name)!)].sort((a, b) => a[0] - b[0]);
  let y = 1;
  for (const [, members] of layers) {
    if (members.length > 4) {
      throw new Error(
        `figure carveOutDiagram, columns from, to: at most four boxes side by side, got ${
          members.join(", ")
        }`,
      );
    }
    const slot = width / members.length;
    const boxWidth = Math.min(slot - 16, 300);
    const wrapped = members.map((name) => wrapText(name, boxWidth - 20, FONT.label));
    const height = Math.max(...wrapped.map((lines) => lines.length)) * LINE + 20;
    members.forEach((name, i) => {
      const x = i * slot + (slot - boxWidth) / 2;
      boxes.set(name, { name, lines: wrapped[i], x, y, width: boxWidth, height });
    });
    y += height + ARROW_ROOM;
  }
  return { boxes, height: y - ARROW_ROOM + 2 };
}
