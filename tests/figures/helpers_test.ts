import assert from "node:assert/strict";
import { dodge } from "../../lib/figures/dodge.ts";
import { eventDateText, eventTime, placeEvents } from "../../lib/figures/events.ts";
import { formatNumber, formatPercent, logTicks } from "../../lib/figures/number_format.ts";
import { placeLabels } from "../../lib/figures/place_labels.ts";
import { readingClass } from "../../lib/figures/reading.ts";
import { textWidth, wrapText } from "../../lib/figures/text.ts";
import { EVENTS } from "./samples.ts";

Deno.test("numbers have few digits, separated thousands and a true minus sign", () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, "0"],
    [0.00421, "0.00421"],
    [3.14159, "3.14"],
    [99.96, "100"],
    [1234.5, "1,235"],
    [50145, "50,100"],
    [1234567, "1,230,000"],
    [-2.5, "−2.5"],
    [20, "20"],
    [1e-12, "10⁻¹²"],
    [-3.42e-9, "−3.4\u00a0×\u00a010⁻⁹"],
  ];
  for (const [x, expected] of cases) assert.equal(formatNumber(x), expected);
  assert.equal(formatNumber(30258, 6), "30,258");
  assert.equal(formatPercent(25), "25 %");
});

Deno.test("log ticks are round, inside the axis and few enough", () => {
  assert.deepEqual(logTicks(1, 100), [1, 2, 5, 10, 20, 50, 100]);
  assert.deepEqual(logTicks(0.001, 1000, 4), [0.001, 0.1, 10, 1000]);
  assert.deepEqual(logTicks(0.004, 300, 8), [0.01, 0.1, 1, 10, 100]);
});

Deno.test("wrapped lines keep every word and fit, or end in an ellipsis", () => {
  const words = "Other motor vehicle parts manufacturing, including airbags";
  const lines = wrapText(words, 120, 14);
  assert.equal(lines.join(" "), words);
  for (const line of lines) assert.ok(textWidth(line, 14) <= 120, line);
  const short = wrapText(words, 120, 14, { maxLines: 2 });
  assert.equal(short.length, 2);
  assert.match(short[1], /…$/);
  for (const line of short) assert.ok(textWidth(line, 14) <= 120, line);
});

Deno.test("dodged labels keep their order, the gap and the bounds", () => {
  const wishes = [50, 52, 10, 51, 99, 100];
  const moved = dodge(wishes, 12, 0, 100);
  const order = wishes.map((_, i) => i).sort((a, b) => wishes[a] - wishes[b]);
  for (let k = 1; k < order.length; k++) {
    assert.ok(moved[order[k]] - moved[order[k - 1]] >= 12 - 1e-9);
  }
  assert.ok(Math.min(...moved) >= 0 && Math.max(...moved) <= 100);
  assert.equal(moved[2], 10);
});

Deno.test("events are placed inside their year, in order, numbered within the axis", () => {
  assert.equal(eventTime("2010"), 2010.5);
  assert.ok(eventTime("2011-01-01") > 2011 && eventTime("2010-12-31") < 2011);
  assert.equal(eventDateText("2010-09-07"), "7 Sep 2010");
  assert.equal(eventDateText("2015-05"), "May 2015");
  const placed = placeEvents("test", [...EVENTS].reverse(), [2010, 2013]);
  assert.deepEqual(placed.map((event) => event.number), [1, 2, 3]);
  assert.deepEqual(placed.map((event) => event.date), ["2010-07-08", "2010-09-07", "2012-03-13"]);
  assert.throws(() => eventTime("2010-13"), /YYYY-MM/);
});

Deno.test("the weakest word of a reading decides its class", () => {
  assert.equal(readingClass("f", 0, "yearend midpoint (direct)"), "year-end midpoint");
  assert.equal(readingClass("f", 0, "yearend midpoint (label inferred)"), "label inferred");
  assert.equal(readingClass("f", 0, "imputed from recalled"), "imputed");
});

Deno.test("placed labels cover no other label and no point, stay inside, and the first has a place", () => {
  const points = Array.from({ length: 40 }, (_, k) => ({
    label: `sector ${k}`,
    x: 60 + (k * 37) % 300,
    y: 20 + (k * 53) % 160,
  }));
  const space = { size: 14, radius: 5, left: 40, right: 420, top: 0, bottom: 200 };
  const placed = placeLabels(points, space);
  assert.ok(placed.length > 5 && placed.length < points.length);
  assert.equal(placed[0].label, "sector 0");
  const apart = (
    a: { x1: number; x2: number; y1: number; y2: number },
    b: { x1: number; x2: number; y1: number; y2: number },
  ) => a.x2 <= b.x1 || b.x2 <= a.x1 || a.y2 <= b.y1 || b.y2 <= a.y1;
  placed.forEach(({ box, label }, i) => {
    assert.ok(box.x1 >= 40 && box.x2 <= 420 && box.y1 >= 0 && box.y2 <= 200);
    assert.ok(placed.every((other, k) => k === i || apart(box, other.box)));
    assert.ok(
      points.every(({ x, y, label: own }) =>
        own === label || apart(box, { x1: x - 5, x2: x + 5, y1: y - 5, y2: y + 5 })
      ),
    );
  });
});
