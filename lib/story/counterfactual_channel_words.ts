import type { ExpansionRow } from "./counterfactual_channels.ts";
import { pick, type Run } from "./counterfactual_run.ts";
import { type IntensiveSector, sectorAbroad } from "./counterfactual_sectors.ts";
import { GROWTH, signedNumber } from "./counterfactual_words.ts";

/** Which mechanism lets exports of the most intensive sector abroad grow, and what switching off does. */
export function channelFinding(rows: readonly ExpansionRow[], sector: IntensiveSector): string {
  const [full] = rows.map(({ version }) => version);
  const own = rows.filter(({ version }) => version === full);
  const named = ({ closure, exports }: ExpansionRow) =>
    `${closure} (${signedNumber(exports[0], 3)} ‰)`;
  const inForce = own.filter(({ phase }) => phase === "in force");
  const growing = inForce.filter(({ exports }) => exports[0] > GROWTH);
  const sentences = [
    growing.length === 0
      ? `While the measures are in force, no closure lets exports abroad of ${sector.label.toLowerCase()} grow: ${
        inForce.map(named).join(", ")
      }.`
      : `While the measures are in force, exports abroad of ${sector.label.toLowerCase()} grow under ${
        growing.map(named).join(", ")
      }.`,
    removalSentence(own),
    ...[...new Set(rows.map(({ version }) => version))].slice(1).map((version) =>
      switchedOff(version, own, rows.filter((row) => row.version === version))
    ),
  ];
  return sentences.join(" ");
}

/** What the end of the measures does alone, and what kept technology adds. */
function removalSentence(own: readonly ExpansionRow[]): string {
  const removed = own.filter(({ phase }) => phase === "removed");
  const alone = removed.find(({ closure }) => closure === "fixed");
  const kept = removed.filter((row) => row !== alone);
  if (alone === undefined || kept.length === 0) return "";
  const parts = kept.map(({ closure, exports }) =>
    `${closure} ${signedNumber(exports[0] - alone.exports[0], 3)} ‰`
  );
  return `The end of the measures alone (quota and the duty of the baseline) changes them by ${
    signedNumber(alone.exports[0], 3)
  } ‰ against the baseline; technology kept from the time of the quota adds: ${parts.join(", ")}.`;
}

/** What a mechanism switched off changes: signs, and the size under fixed technology. */
function switchedOff(
  version: string,
  full: readonly ExpansionRow[],
  own: readonly ExpansionRow[],
): string {
  const before = (row: ExpansionRow) => full.find(({ channel }) => channel === row.channel)!;
  const flipped = own.filter((row) =>
    (row.exports[0] > GROWTH) !== (before(row).exports[0] > GROWTH)
  ).map(({ channel }) => channel);
  const sizes = own.filter(({ closure }) => closure === "fixed").map((row) =>
    `${signedNumber(row.exports[0], 3)} instead of ${
      signedNumber(before(row).exports[0], 3)
    } ‰ ${row.phase}`
  );
  return `With ${version}, the sign changes ${
    flipped.length === 0 ? "nowhere" : `in ${flipped.join(", ")}`
  }; with fixed technology the change is ${sizes.join(", ")}.`;
}

/** In how many cases exports of the most intensive sector abroad grow, by phase. */
export function expansionTitle(rows: readonly ExpansionRow[], sector: IntensiveSector): string {
  const count = (phase: ExpansionRow["phase"]) => {
    const own = rows.filter((row) => row.phase === phase);
    return `${own.filter(({ exports }) => exports[0] > GROWTH).length} of ${own.length}`;
  };
  return `Exports abroad of ${sector.label.toLowerCase()} grow in ${
    count("in force")
  } cases with the measures in force, in ${count("removed")} after their end`;
}

/** How many runs after the end of the measures stand above the baseline, and how many above the end alone. */
export function removalFinding(
  removed: readonly Run[],
  sector: string,
  restricting: string,
): string {
  const exports = (one: Run) => sectorAbroad(one, sector, restricting).exports;
  const above = removed.filter((one) => exports(one) > GROWTH);
  const kept = removed.filter(({ name }) => name !== "fixed");
  const more = kept.flatMap((one) => {
    const gain = exports(one) - exports(pick(removed, "fixed", one.sigma));
    return gain > GROWTH
      ? [`${one.name} at σ = ${one.sigma} (${signedNumber(gain, 3)} ‰ more)`]
      : [];
  });
  const alone = removed.filter(({ name }) => name === "fixed");
  return `${above.length} of ${removed.length} solutions. The end of the measures alone, without any technology, does so in ${
    alone.filter((one) => exports(one) > GROWTH).length
  } of ${alone.length}. ` +
    `Technology kept adds to it in ${
      more.length === 0
        ? `none of ${kept.length}`
        : `${more.length} of ${kept.length}: ${more.join(", ")}`
    }`;
}
