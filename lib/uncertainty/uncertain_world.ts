import {
  type InputDistribution,
  loadInputDistributions,
  loadWorldTable,
  WIOD_SECTOR_NAMES,
  WIOD_SECTORS,
} from "@ree/data";
import {
  checkedEstimates,
  type EstimatedElasticities,
  industriesByWorldSector,
  loadEstimatedElasticities,
  type SectorMember,
} from "@ree/elasticity";
import {
  type ElasticityRow,
  type ExportDutyRate,
  loadElasticities,
  modelElasticities,
  parseScenario,
  scenarioShock,
} from "@ree/equilibrium";
import {
  loadExportDuties,
  loadFactorShares,
  loadWorldReeTable,
  loadWorldSplits,
} from "@ree/equilibrium/world";
import {
  CONCENTRATIONS,
  type Concentrations,
  drawWorldSplits,
  worldReeTable,
  type WorldSplits,
} from "@ree/io-table";
import { dirichletSampler } from "@ree/numeric";
import { type UncertainModel, uncertainModel } from "./uncertain_model.ts";

/** The quota cut of notebook 5: China's exports of every element from 50,145 to 30,258 tonnes. */
export const QUOTA_CUT = {
  name: "Quota cut of 2010",
  measures: [{ kind: "exportQuota", exporter: "CHN", sectors: ["elements"], limit: 0.603 }],
} as const;

/**
 * An export duty in place of the quota, on top of no other duty, with about the same element price abroad at the inputs' own values: what
 * the same draws say of a measure that fixes a price gap instead of a quantity.
 */
export const EQUAL_DUTY = {
  name: "Export duty of the same effect",
  measures: [{ kind: "exportDuty", exporter: "CHN", sectors: ["elements"], rate: 2.83 }],
} as const;

/** What is drawn and for which measures; plain JSON, so that it can be part of a plan. */
export interface UncertainWorldOptions {
  /** 2007 to 2011; default 2009. */
  readonly year?: number;
  /** Measures in the form of a scenario file, without closure; default {@linkcode QUOTA_CUT}. */
  readonly scenario?: unknown;
  /** Country whose own outcomes are kept apart; default CHN. */
  readonly restricting?: string;
  /** Estimates of σ; default the committed ones, null for the judged distribution of σ. */
  readonly estimates?: unknown;
  readonly concentrations?: Concentrations;
  /** Most element-intensive sectors whose exports are recorded; default 3. */
  readonly listed?: number;
}

/** Everything that draws read, without functions: arrays apart, so that workers can share them. */
export interface UncertainWorldData {
  readonly json: {
    readonly year: number;
    readonly countries: readonly string[];
    readonly sectors: readonly string[];
    readonly finalCategories: number;
    readonly splits: SavedSplits;
    readonly factors: readonly string[];
    readonly factorSectors: readonly string[];
    readonly factorSource: string;
    readonly duties: readonly ExportDutyRate[];
    readonly elasticities: readonly ElasticityRow[];
    readonly distributions: readonly InputDistribution[];
    readonly estimates: EstimatedElasticities | null;
    readonly members: readonly (readonly [string, readonly SectorMember[]])[];
    readonly concentrations: Concentrations;
    readonly scenario: unknown;
    readonly restricting: string;
    readonly listed: number;
  };
  readonly arrays: {
    readonly intermediate: Float64Array;
    readonly final: Float64Array;
    readonly factorShare: Float64Array;
  };
}

type SavedSplits = Omit<WorldSplits, "prices" | "mineShares"> & {
  readonly prices: readonly (readonly [string, number])[];
  readonly mineShares: readonly (readonly [string, number])[];
};

/**
 * Reads what draws of the world economy need from `data/`. The division of value added into factors is that of the judged weights and
 * stays fixed: drawn weights move a few millionths of a sector's value added.
 *
 * @throws RangeError naming an option that does not fit
 */
export function loadUncertainWorld(options: UncertainWorldOptions = {}): UncertainWorldData {
  const {
    year = 2009,
    scenario = QUOTA_CUT,
    restricting = "CHN",
    concentrations = CONCENTRATIONS,
    listed = 3,
  } = options;
  const world = loadWorldTable(year);
  if (!world.countries.includes(restricting)) {
    throw new RangeError(
      `restricting country ${restricting}; expected one of ${world.countries.join(", ")}`,
    );
  }
  const factors = loadFactorShares(year, loadWorldReeTable(year, world));
  const { prices, mineShares, ...splits } = loadWorldSplits(year, world.countries);
  const estimates = options.estimates === undefined
    ? loadEstimatedElasticities()
    : options.estimates === null
    ? null
    : checkedEstimates(options.estimates);
  return {
    json: {
      year,
      countries: world.countries,
      sectors: world.sectors,
      finalCategories: world.finalCategories,
      splits: { ...splits, prices: [...prices], mineShares: [...mineShares] },
      factors: factors.factors,
      factorSectors: factors.sectors,
      factorSource: factors.source,
      duties: loadExportDuties(year),
      elasticities: loadElasticities().rows,
      distributions: loadInputDistributions(),
      estimates,
      members: [...industriesByWorldSector()],
      concentrations,
      scenario,
      restricting,
      listed,
    },
    arrays: {
      intermediate: world.intermediate,
      final: world.final,
      factorShare: factors.share,
    },
  };
}

/** The 41-country economy as a chain from inputs to outcomes. @param data see {@linkcode loadUncertainWorld} */
export function uncertainWorld({ json, arrays }: UncertainWorldData): UncertainModel {
  const { countries, sectors, year, finalCategories, restricting, concentrations, listed } = json;
  const world = {
    year,
    unit: "million USD" as const,
    countries,
    sectors,
    finalCategories,
    intermediate: arrays.intermediate,
    final: arrays.final,
  };
  const splits: WorldSplits = {
    ...json.splits,
    prices: new Map(json.splits.prices),
    mineShares: new Map(json.splits.mineShares),
  };
  const scenario = parseScenario(JSON.stringify(json.scenario), "scenario");
  if (scenario.closure !== undefined) {
    throw new RangeError(
      `scenario ${scenario.name}: has a closure; expected none, draws are solved under two`,
    );
  }
  const names = new Map<string, string>(
    WIOD_SECTORS.map((code, k) => [code, WIOD_SECTOR_NAMES[k]]),
  );
  return uncertainModel({
    inputs: {
      elasticities: modelElasticities(json.elasticities),
      distributions: json.distributions,
      estimates: json.estimates,
      members: new Map(json.members),
    },
    tableOf: (seed) =>
      worldReeTable(
        world,
        seed === null ? splits : drawWorldSplits(splits, concentrations, dirichletSampler(seed)),
      ),
    calibration: {
      factors: {
        factors: json.factors,
        countries,
        sectors: json.factorSectors,
        share: arrays.factorShare,
        source: json.factorSource,
      },
      exportDuties: json.duties,
    },
    shockOf: (economy) => scenarioShock(economy, scenario),
    restricting,
    listed,
    nameOf: (sector) => names.get(sector) ?? sector,
  });
}
