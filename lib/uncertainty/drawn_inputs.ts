import type { InputDistribution } from "@ree/data";
import {
  type EstimatedElasticities,
  industriesByWorldSector,
  type SectorMember,
  sigmaByScores,
  worldSigma,
} from "@ree/elasticity";
import {
  type ElasticityRow,
  type ModelElasticities,
  withElasticity,
  withSigmaBySector,
} from "@ree/equilibrium";
import { normalQuantile, randomStream } from "@ree/numeric";
import { parameterColumns, parameterDraw } from "./parameter_draw.ts";
import { seedOf } from "./seed_of.ts";

/** Groups of inputs whose uncertainty is told apart, in the order of their columns. */
export const INPUT_GROUPS = ["weights", "sigma", "theta", "eta", "psi", "supply"] as const;

/** A group of inputs. */
export type InputGroupName = typeof INPUT_GROUPS[number];

/** A group of inputs and how many numbers of the unit interval one draw of it takes. */
export interface InputGroup {
  readonly name: InputGroupName;
  readonly columns: number;
}

/** What draws are made from. */
export interface UncertainInputs {
  /** Values with ranges. */
  readonly elasticities: ModelElasticities;
  /** Shapes over the ranges. */
  readonly distributions: readonly InputDistribution[];
  /** Estimates of σ, whose covariance then counts; null: σ has its judged distribution. */
  readonly estimates: EstimatedElasticities | null;
  /** Industries of the estimates in the sectors of the table; default US industries in world sectors. */
  readonly members?: ReadonlyMap<string, readonly SectorMember[]>;
}

/** One draw of all inputs. */
export interface DrawnInputs {
  /** Of the stream that draws the element weights; null: weights as judged. */
  readonly weightsSeed: number | null;
  readonly elasticities: ModelElasticities;
  /** Industries whose σ was below 0 or undefined and was set to 0. */
  readonly sigmaSetToZero: number;
}

/** Inputs as functions of points of the unit cube. */
export interface InputSampler {
  readonly groups: readonly InputGroup[];
  /** Columns of all groups together. */
  readonly columns: number;
  /** Every input at its own value: judged weights, peaks of the ranges, σ as estimated. */
  readonly central: DrawnInputs;
  /** @param uniforms one number a column, strictly between 0 and 1 */
  readonly draw: (uniforms: ArrayLike<number>) => DrawnInputs;
}

/** Principal directions of the slopes of σ with a column of their own; they hold what is common to industries. */
const LEADING_DIRECTIONS = 2;

/**
 * Draws of inputs from points of the unit cube: the same point gives the same inputs, and groups are independent.
 *
 * Columns: weights, a seed; σ, scores of two directions of the estimated covariance and a seed for the others; each judged
 * parameter, see `parameterDraw`.
 */
export function inputSampler(inputs: UncertainInputs): InputSampler {
  const { elasticities, estimates } = inputs;
  const drawn = new Map(INPUT_GROUPS.map((name) => [name, rowsOf(elasticities, name)]));
  const sigma = estimates === null ? null : sigmaSampler(inputs, estimates);
  const groups = INPUT_GROUPS.map((name): InputGroup => {
    if (name === "weights") return { name, columns: 1 };
    if (name === "sigma" && sigma !== null) return { name, columns: sigma.columns };
    return { name, columns: parameterColumns(drawn.get(name)!) };
  });
  const columns = groups.reduce((sum, group) => sum + group.columns, 0);
  const draw = (uniforms: ArrayLike<number>): DrawnInputs => {
    if (uniforms.length !== columns) {
      throw new RangeError(`draw of inputs: ${uniforms.length} numbers, expected ${columns}`);
    }
    let values = elasticities;
    let [at, weightsSeed, sigmaSetToZero] = [0, 0, 0];
    for (const { name, columns } of groups) {
      const own = Float64Array.from({ length: columns }, (_, k) => uniforms[at + k]);
      at += columns;
      if (name === "weights") weightsSeed = seedOf(own[0]);
      else if (name === "sigma" && sigma !== null) {
        const point = sigma.draw(own);
        sigmaSetToZero = point.setToZero;
        values = sigma.within(values, point.sigma);
      } else {
        const rows = drawn.get(name)!;
        const distribution = distributionOf(inputs.distributions, name);
        parameterDraw(rows, distribution, own).forEach((value, k) =>
          values = withElasticity(values, rows[k].parameter, value, rows[k].sector)
        );
      }
    }
    return { weightsSeed, elasticities: values, sigmaSetToZero };
  };
  const central: DrawnInputs = {
    weightsSeed: null,
    elasticities: sigma === null ? elasticities : sigma.within(
      elasticities,
      Float64Array.from(estimates!.sectors, ({ sigma }) => sigma),
    ),
    sigmaSetToZero: 0,
  };
  return { groups, columns, central, draw };
}

function rowsOf({ rows }: ModelElasticities, name: InputGroupName): ElasticityRow[] {
  return rows.filter(({ parameter }) => parameter === name);
}

function distributionOf(all: readonly InputDistribution[], name: string): InputDistribution {
  const found = all.find(({ input }) => input === name);
  if (found === undefined) throw new RangeError(`no distribution of ${name}`);
  return found;
}

function sigmaSampler(inputs: UncertainInputs, estimates: EstimatedElasticities) {
  const members = inputs.members ?? industriesByWorldSector();
  const industries = estimates.sectors.map(({ sector }) => sector);
  const at = sigmaByScores(estimates);
  const leading = Math.min(LEADING_DIRECTIONS, industries.length);
  const columns = industries.length > leading ? leading + 1 : leading;
  return {
    columns,
    draw(uniforms: ArrayLike<number>) {
      const random = columns > leading ? randomStream(seedOf(uniforms[leading])) : null;
      return at(Float64Array.from(
        industries,
        (_, k) => k < leading ? normalQuantile(uniforms[k]) : random!.normal(),
      ));
    },
    within(values: ModelElasticities, sigma: ArrayLike<number>): ModelElasticities {
      const byIndustry = new Map(industries.map((name, s) => [name, sigma[s]]));
      return withSigmaBySector(values, worldSigma(byIndustry, members), estimates.source);
    },
  };
}
