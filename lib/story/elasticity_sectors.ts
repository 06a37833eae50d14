import {
  type ElasticityFit,
  type PooledElasticity,
  type SectorElasticity,
  sigmaFromFlowSlope,
} from "@ree/elasticity";
import { logDirection, type PanelRow } from "./elasticity_series.ts";

/** Years of one sector: log relative price against the log direction of its patents. */
export function sectorPoints(rows: readonly PanelRow[], sector: string) {
  return rows.filter((row) => row.sector === sector).map((row) => ({
    label: String(row.year),
    x: Number(row.log_relative_price),
    y: logDirection(row),
  }));
}

/** The sector's row of a fit. @throws RangeError when there is none with a slope */
export function sectorRow(fit: Pick<ElasticityFit, "sectors">, sector: string) {
  const row = fit.sectors.find((one) => one.sector === sector);
  if (row === undefined || row.slope === null) {
    throw new RangeError(`sector ${sector} has no slope: ${row?.note ?? "not in the panel"}`);
  }
  return row;
}

/** From the slope of one sector to its σ and on to the shrunken one, step by step. */
export function sigmaSteps(row: SectorElasticity, psi: number) {
  const [b, se] = [row.slope!, row.slope_se!];
  const { sigma } = sigmaFromFlowSlope(b, psi);
  const bounds = (lower: number | null, upper: number | null) =>
    lower === null || upper === null ? "" : `${decimal(lower)} to ${decimal(upper)}`;
  return [
    {
      step: "slope b of the direction of patents on ln(q/z)",
      value: b,
      se: decimal(se),
      interval: "",
    },
    { step: "1 − ψb, above 0: inside the stable region", value: 1 - psi * b, se: "", interval: "" },
    {
      step: "σ = 1 − b/(1 − ψb)",
      value: sigma,
      se: decimal(row.sigma_se!),
      interval: bounds(row.lower, row.upper),
    },
    ...(row.sigma_pooled === null ? [] : [
      {
        step: `slope shrunken towards the mean, weight of the mean ${decimal(row.shrinkage!)}`,
        value: row.slope_pooled!,
        se: decimal(row.slope_pooled_se!),
        interval: "",
      },
      {
        step: "σ of the shrunken slope",
        value: row.sigma_pooled,
        se: "",
        interval: bounds(row.pooled_lower, row.pooled_upper),
      },
    ]),
  ];
}

/** Rows of the caterpillar plot, the lowest shrunken σ first; sectors without a stable σ of their own are left out. */
export function caterpillarRows(
  { sectors }: Pick<ElasticityFit, "sectors">,
  truth: ReadonlyMap<string, number> = new Map(),
) {
  return sectors.filter((row) => row.stable === true && row.sigma_pooled !== null)
    .map((row) => ({
      label: row.sector,
      own: row.sigma!,
      ownLower: row.lower!,
      ownUpper: row.upper!,
      central: row.sigma_pooled!,
      lower: row.pooled_lower!,
      upper: row.pooled_upper!,
      truth: truth.get(row.sector) ?? null,
    }))
    .sort((a, b) => a.central - b.central);
}

/** True σ by sector, of a SIMULATED panel; empty where the panel does not say. */
export function trueSigma(rows: readonly PanelRow[]): Map<string, number> {
  return new Map(
    rows.filter((row) => typeof row.true_sigma === "number")
      .map((row) => [String(row.sector), Number(row.true_sigma)]),
  );
}

/** How the estimates stand to the truth and to 1, as a sentence for a title. */
export function caterpillarFinding(
  rows: ReturnType<typeof caterpillarRows>,
  pooled: PooledElasticity,
): string {
  const below = rows.filter(({ upper }) => upper < 1).length;
  const known = rows.filter(({ truth }) => truth !== null);
  const held = known.filter(({ truth, lower, upper }) => lower <= truth! && truth! <= upper).length;
  const parts = [
    `mean σ ${decimal(pooled.mean)} (${decimal(pooled.lower)} to ${decimal(pooled.upper)})`,
    `${below} of ${rows.length} sectors clearly below 1`,
    ...(known.length > 0 ? [`intervals hold ${held} of ${known.length} true values`] : []),
  ];
  return parts.join(", ");
}

/** Spread of own and shrunken estimates, and their distance from the truth where it is known. */
export function shrinkageFinding(rows: ReturnType<typeof caterpillarRows>): string {
  const spread = (values: readonly number[]) =>
    `${decimal(Math.min(...values))} to ${decimal(Math.max(...values))}`;
  const known = rows.filter(({ truth }) => truth !== null);
  const error = (of: (row: typeof rows[number]) => number) =>
    Math.sqrt(known.reduce((sum, row) => sum + (of(row) - row.truth!) ** 2, 0) / known.length);
  const first = `Own estimates run from ${spread(rows.map(({ own }) => own))}, shrunken ones from ${
    spread(rows.map(({ central }) => central))
  }.`;
  return known.length === 0
    ? first
    : `${first} Root mean squared distance from the true values: ${
      decimal(error(({ own }) => own))
    } before and ${decimal(error(({ central }) => central))} after shrinking.`;
}

/** Sectors that have no σ, or one that is not to be believed, with the reason. */
export function unusableSectors({ sectors }: Pick<ElasticityFit, "sectors">) {
  return sectors.filter(({ slope, stable }) => slope === null || stable === false)
    .map(({ sector, years, slope, note }) => ({ sector, years, slope, note }));
}

/** Counts and σ by the three kinds of sector: estimated, unstable, without slope; as a sentence. */
export function unusableFinding(fit: Pick<ElasticityFit, "sectors">): string {
  const without = fit.sectors.filter(({ slope }) => slope === null).length;
  const unstable = fit.sectors.filter(({ stable }) => stable === false).length;
  const open = fit.sectors.filter(({ stable, lower }) => stable === true && lower === -Infinity);
  const opens = open.length === 0
    ? "every interval has two ends"
    : `${open.length} own intervals reach the boundary of the stable region and have no lower end`;
  return `Of ${fit.sectors.length} sectors ${without} have no slope and ${unstable} a slope outside the stable region; ${opens}.`;
}

/** "0.65", with a minus sign; "−∞" and "∞" for open ends. */
export function decimal(value: number, digits = 2): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}
