import type { Data, ShareMatrix } from "@ree/econometrics";
import { studentPvalue, studentQuantile } from "@ree/numeric";
import { controlFunction, withFirstStage } from "./control_function.ts";
import { countedRows } from "./counted_rows.ts";
import { countSlopes } from "./count_slopes.ts";
import { type Design, type DesignRows, designRows } from "./design_rows.ts";
import type {
  ElasticityDiagnostics,
  PooledElasticity,
  PsiUsed,
  SectorElasticity,
} from "./elasticity_fit.ts";
import { instrumentDiagnostics } from "./instrument_diagnostics.ts";
import { type Link, sigmaVarianceOf, slopePrior } from "./link.ts";
import { readPatentCells } from "./panel_columns.ts";
import { partialPooling } from "./partial_pooling.ts";
import { pooledElasticity } from "./pooled_elasticity.ts";
import { sectorElasticity, sectorWithout } from "./sector_elasticity.ts";
import { sectorBootstrap } from "./sector_bootstrap.ts";
import { checkPsi } from "./sigma_from_slope.ts";
import { type ErrorCorrelation, logOddsShape, slopeCovariance } from "./slope_covariance.ts";
import { type SlopeRegression, slopeRegression } from "./slope_regression.ts";
import { type StateSlopes, stateSlopes } from "./state_slopes.ts";

/** Options of `estimateElasticities`. */
export interface EstimationChoices {
  readonly design: Design;
  /** Technology per unit of research, > 0. May be left out, or "estimate", in design "state" only. */
  readonly psi?: number | "estimate";
  /** Column(s) of excluded instruments for the price; left out: the price is taken as exogenous. */
  readonly instrument?: string | readonly string[];
  /** "sector" (default): a sector's errors are autocorrelated over years. "none": independent errors. */
  readonly cluster?: ErrorCorrelation;
  readonly pooling: "none" | "empirical-bayes";
  /** Resamples sectors with replacement, for the pooled mean. */
  readonly bootstrap?: { readonly draws: number; readonly seed: number };
  /** Effects of years (default true). Without them movements common to all sectors count too. */
  readonly yearEffects?: boolean;
  /** Firth's correction in design "counts"; default true. */
  readonly biasReduction?: boolean;
  /** Zeros beyond what the counts explain are told apart in design "counts" (`zeroInflation`); default true. */
  readonly zeroInflation?: boolean;
  /** Yearly depreciation of knowledge where stocks are built from patents; default 0.15. */
  readonly depreciation?: number;
  /** Normalisation μ of the price coefficient in design "state"; default 1. */
  readonly mu?: number;
  /** Confidence of all intervals; default 0.95. */
  readonly level?: number;
  /** Shares behind a shift-share instrument: adds the effective number of shocks. */
  readonly exposure?: Omit<ShareMatrix, "unit">;
}

/** Result on plain records; `estimateElasticities` gives the sectors as a frame. */
export interface ElasticityRows {
  readonly bySector: readonly SectorElasticity[];
  readonly pooled: PooledElasticity | null;
  readonly psi: PsiUsed;
  readonly diagnostics: ElasticityDiagnostics;
  readonly covariance: {
    readonly sectors: readonly string[];
    readonly slopes: Float64Array;
    readonly sigma: Float64Array;
  };
}

const DESIGNS: readonly Design[] = ["flow", "stock", "state", "counts"];

/** `estimateElasticities` without data frames: what workers run. */
export function estimateColumns(panel: Data, options: EstimationChoices): ElasticityRows {
  const { design, pooling, level = 0.95, mu = 1, depreciation = 0.15 } = options;
  const psi = checkedOptions(options);
  const effects = { yearEffects: options.yearEffects ?? true };
  const instruments = options.instrument === undefined
    ? []
    : typeof options.instrument === "string"
    ? [options.instrument]
    : [...options.instrument];
  const cells = readPatentCells(panel, instruments);
  const choices = { psi, depreciation, ...effects };
  const counted = design === "counts"
    ? countedRows(cells, choices, options.zeroInflation ?? true)
    : undefined;
  const rows = counted?.rows ?? designRows(cells, design, choices);
  if (rows.at.length === 0) {
    const list = rows.sectors.map((sector, s) => `${sector}: ${rows.reasons[s]}`).join("; ");
    throw new RangeError(`design "${design}": no sector has a slope (${list})`);
  }
  if (effects.yearEffects && new Set(rows.sector).size < 2) {
    throw new RangeError(
      `design "${design}": with year effects a single usable sector ` +
        `(${rows.sectors[rows.sector[0]]}) has no slope; set yearEffects: false`,
    );
  }
  const control = instruments.length === 0 ? undefined : controlFunction(
    rows,
    instruments,
    cells.instruments.map((values) => Float64Array.from(rows.at, (i) => values[i])),
    effects,
  );
  const extras = control ? [control.residual] : [];
  let state: StateSlopes | undefined;
  let regression: SlopeRegression;
  if (design === "state") {
    state = stateSlopes(rows, extras, psi, effects);
    regression = state.regression;
  } else if (counted) {
    regression = countSlopes({ ...counted.counts, extras }, {
      ...effects,
      biasReduction: options.biasReduction,
    });
  } else {
    regression = slopeRegression({ ...rows, weights: undefined, extras }, effects);
  }
  const plain = slopeCovariance(
    regression,
    options.cluster ?? "sector",
    design === "counts" ? logOddsShape(regression) : undefined,
  );
  const covariance = control ? withFirstStage(plain, regression, control, effects) : plain;
  const S = regression.sectors.length;
  const slopes = regression.slopes;
  const slopeVariance = new Float64Array(S * S);
  for (let a = 0; a < S; a++) {
    for (let b = 0; b < S; b++) {
      slopeVariance[a * S + b] = covariance.matrix[a * covariance.order + b];
    }
  }
  const link: Link = {
    kind: design === "counts" ? "flow" : design,
    psi: state ? state.psi : psi!,
    mu,
  };
  const shrinks = pooling === "empirical-bayes";
  const pool = S > 1 && shrinks
    ? partialPooling(slopes, slopeVariance, slopePrior(link, slopes))
    : undefined;
  const extraSe = (k: number) => Math.sqrt(covariance.matrix[(S + k) * (covariance.order + 1)]);
  const usedYears = countBy(rows.sector);
  const bySector = rows.sectors.map((sector, code): SectorElasticity => {
    const s = regression.sectors.indexOf(code);
    if (s < 0) return sectorWithout(sector, usedYears.get(code) ?? 0, rows.reasons[code] ?? "");
    return sectorElasticity({
      sector,
      years: usedYears.get(code)!,
      slope: slopes[s],
      variance: slopeVariance[s * S + s],
      degrees: covariance.degrees[s],
      link,
      level,
      pool: pool && { pool, s },
    });
  });
  const warnings = [...rows.warnings, ...counted?.warnings ?? []];
  const unstable = bySector.filter(({ stable }) => stable === false).map(({ sector }) => sector);
  if (unstable.length > 0) {
    warnings.push(`slopes outside the stable region, not clipped: ${unstable.join(", ")}`);
  }
  let pooled = S < 2 ? null : pooledElasticity(
    link,
    slopes,
    slopeVariance,
    covariance.working,
    shrinks ? "population" : "these sectors",
    level,
  );
  if (S < 2) warnings.push("one sector: nothing to pool");
  else if (pooled === null) {
    warnings.push("the mean slope is outside the stable region: there is no pooled sigma");
  }
  if (options.bootstrap && pooled) {
    const { bootstrap: choice, ...rest } = options;
    const bootstrap = sectorBootstrap(
      cells,
      instruments,
      choice,
      level,
      (resampled) => estimateColumns(resampled, rest).pooled?.mean,
    );
    pooled = { ...pooled, bootstrap };
  }
  const gradient = Float64Array.from(slopes, (slope) => Math.sqrt(sigmaVarianceOf(link, slope, 1)));
  return {
    bySector,
    pooled,
    psi: psiUsed(
      psi,
      state,
      state?.psiEstimated ? state.psiScale * extraSe(extras.length) : undefined,
      rows,
      level,
    ),
    diagnostics: {
      rowsGiven: cells.sector.length,
      rowsUsed: rows.at.length,
      droppedZeros: rows.droppedZeros,
      droppedYears: rows.droppedYears,
      sectorsGiven: rows.sectors.length,
      sectorsUsed: S,
      autocorrelation: covariance.autocorrelation,
      ...instrumentDiagnostics(rows, control, options, effects.yearEffects, warnings),
      endogeneity: control
        ? {
          coefficient: regression.extras[0],
          se: extraSe(0),
          pvalue: studentPvalue(regression.extras[0] / extraSe(0), Math.max(S - 1, 1)),
        }
        : null,
      zeroInflation: counted?.inflation ?? null,
      overidentification: state?.overidentification ?? null,
      warnings,
    },
    covariance: {
      sectors: regression.sectors.map((code) => rows.sectors[code]),
      slopes: slopeVariance,
      // σ falls with every slope, so the signs of two gradients cancel.
      sigma: slopeVariance.map((value, at) =>
        value * gradient[Math.floor(at / S)] * gradient[at % S]
      ),
    },
  };
}

function checkedOptions(options: EstimationChoices): number | undefined {
  const { design, pooling, cluster = "sector", psi, level = 0.95, mu = 1 } = options;
  const allowed = (name: string, value: unknown, values: readonly unknown[]) => {
    if (values.includes(value)) return;
    throw new RangeError(`${name}: got ${JSON.stringify(value)}, expected ${values.join(", ")}`);
  };
  allowed("design", design, DESIGNS);
  allowed("pooling", pooling, ["none", "empirical-bayes"]);
  allowed("cluster", cluster, ["sector", "none"]);
  if (!(level > 0 && level < 1)) throw new RangeError(`level: got ${level}, expected 0 to 1`);
  if (!(mu > 0 && Number.isFinite(mu))) throw new RangeError(`mu: got ${mu}, expected more than 0`);
  if (psi === undefined || psi === "estimate") {
    if (design === "state") return undefined;
    throw new RangeError(`psi: design "${design}" does not identify it; give a number`);
  }
  checkPsi(psi);
  return psi;
}

function psiUsed(
  given: number | undefined,
  state: StateSlopes | undefined,
  se: number | undefined,
  rows: DesignRows,
  level: number,
): PsiUsed {
  if (se === undefined || !state) {
    return { value: given!, estimated: false, se: null, lower: null, upper: null };
  }
  const reach = studentQuantile((1 + level) / 2, Math.max(new Set(rows.sector).size - 1, 1)) * se;
  return {
    value: state.psi,
    estimated: true,
    se,
    lower: state.psi - reach,
    upper: state.psi + reach,
  };
}

function countBy(codes: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}
