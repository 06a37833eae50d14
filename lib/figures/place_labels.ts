import { round2, textWidth } from "./text.ts";

/** A point that wants a label, px. */
export interface LabelPoint {
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

/** A placed label: anchor of its text, and the box it covers, px. */
export interface LabelBox {
  readonly label: string;
  readonly x: number;
  readonly baseline: number;
  readonly anchor: "start" | "middle" | "end";
  readonly box: Box;
}

interface Box {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
}

/** Where labels may stand, and how large they are, px. */
export interface LabelSpace {
  readonly size: number;
  /** Radius of the points. */
  readonly radius: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Places beside a point in the order tried: right, left, above, below, then the corners. */
const PLACES: readonly (readonly [dx: number, dy: number])[] = [
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
  [1, -1],
  [-1, -1],
  [1, 1],
  [-1, 1],
];

const GAP = 3;

/**
 * Puts labels beside points so that no label covers another label or a point. Points that come first
 * choose first; a point without room has no label.
 */
export function placeLabels(points: readonly LabelPoint[], space: LabelSpace): LabelBox[] {
  const { size, radius } = space;
  const dots = points.map(({ x, y }): Box => ({
    x1: x - radius,
    x2: x + radius,
    y1: y - radius,
    y2: y + radius,
  }));
  const placed: LabelBox[] = [];
  points.forEach(({ label, x, y }, own) => {
    const width = textWidth(label, size);
    for (const [dx, dy] of PLACES) {
      const anchor = dx > 0 ? "start" : dx < 0 ? "end" : "middle";
      const shift = dy === 0 ? radius + GAP : 2;
      const at = x + dx * shift;
      const middle = y + dy * (radius + GAP + size / 2);
      const x1 = anchor === "start" ? at : anchor === "end" ? at - width : at - width / 2;
      const box = { x1, x2: x1 + width, y1: middle - size / 2, y2: middle + size / 2 };
      const inside = box.x1 >= space.left && box.x2 <= space.right && box.y1 >= space.top &&
        box.y2 <= space.bottom;
      if (!inside || placed.some((other) => overlap(box, other.box))) continue;
      if (dots.some((dot, k) => k !== own && overlap(box, dot))) continue;
      placed.push({ label, x: round2(at), baseline: round2(middle + size * 0.36), anchor, box });
      return;
    }
  });
  return placed;
}

function overlap(a: Box, b: Box): boolean {
  return a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;
}
