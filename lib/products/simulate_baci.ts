import { baciName, SIMULATED_RELEASE } from "@ree/data";
import { randomStream } from "@ree/numeric";
import { readProductConcordance } from "./product_concordance.ts";
import { type IndustryIntensity, productExposure } from "./product_exposure.ts";

/** Size and truth of a SIMULATED world of trade. */
export interface SimulatedBaciOptions {
  readonly seed: number;
  /** Countries, the restricting one among them; 3 to 400. */
  readonly countries: number;
  /** HS6 products; up to 9,000. */
  readonly products: number;
  readonly industries: number;
  readonly years: readonly number[];
  /** Wanted rows a year; at most countries × (countries − 1) × products. */
  readonly rowsPerYear: number;
  /** Effect of one standard deviation of exposure on log trade outside the restricting country after the cut. */
  readonly effect: number;
  /** Year of the cut, half treated; default 2010. */
  readonly cut?: number;
  /** Standard deviation of the log of the error, whose mean is 1; default 0.5. */
  readonly noise?: number;
  /** Share of products the concordance does not hold (their exposure is 0); default 0.05. */
  readonly unmatched?: number;
}

/** What {@linkcode simulateBaci} wrote. */
export interface SimulatedBaci {
  readonly dir: string;
  readonly rows: number;
  /** Path of the concordance. */
  readonly concordance: string;
  readonly intensities: readonly IndustryIntensity[];
  /** True coefficient of each year. */
  readonly truth: ReadonlyMap<number, number>;
}

const HS = "HS07";
const CHINA = 156;
const BLOCK = 1 << 22;

/**
 * Writes a SIMULATED world of trade in BACI's format, one year at a time, of any size: trade is
 * exp(exporter-product + importer-product-year + exporter-year + effect of the year × exposure outside China) times an
 * error of mean 1; which flows exist is independent of the error. Files bear the release {@linkcode SIMULATED_RELEASE}.
 *
 * @param dir folder to write into; made when missing
 */
export function simulateBaci(dir: string, options: SimulatedBaciOptions): SimulatedBaci {
  const { seed, countries, products, industries, years, rowsPerYear, cut = 2010 } = options;
  const cells = countries * (countries - 1) * products;
  if (!(rowsPerYear > 0 && rowsPerYear <= cells)) {
    throw new RangeError(`rowsPerYear ${rowsPerYear}: expected above 0 and at most ${cells}`);
  }
  if (countries < 3 || countries > 400 || products < 2 || products > 9000) {
    throw new RangeError(`${countries} countries, ${products} products: expected 3-400 and 2-9000`);
  }
  Deno.mkdirSync(dir, { recursive: true });
  Deno.writeTextFileSync(
    `${dir}/README_SIMULATED.txt`,
    `SIMULATED trade in the format of CEPII's BACI, seed ${seed}; no observation of anything.\n`,
  );
  const codes = [CHINA, ...Array.from({ length: countries - 1 }, (_, c) => c < 155 ? c + 1 : c + 2)]
    .sort((a, b) => a - b);
  const hs6 = Array.from(
    { length: products },
    (_, p) => String(10_000 + p * 100 + 11).padStart(6, "0"),
  );
  writeTables(dir, codes, hs6);
  const random = randomStream(seed);
  const intensities = Array.from({ length: industries }, (_, n) => ({
    industry: `SIM${n}`,
    intensity: Math.exp(random.normal()),
  }));
  const concordance = `${dir}/SIMULATED_hs6_industry.csv`;
  const lines = hs6.flatMap((code) => {
    const [a, b] = [random.integer(industries), random.integer(industries)];
    if (random.uniform() < (options.unmatched ?? 0.05)) return [];
    if (a === b || random.uniform() < 0.7) return [`${HS},${code},SIM${a},1`];
    return [`${HS},${code},SIM${a},0.6`, `${HS},${code},SIM${b},0.4`];
  });
  Deno.writeTextFileSync(concordance, `hs,hs6,industry,share\n${lines.join("\n")}\n`);
  const exposure = standardised(
    productExposure(hs6, HS, readProductConcordance(concordance), intensities).intensity,
  );
  const fixed = Float64Array.from({ length: countries * products }, () => 5 + random.normal());
  const truth = new Map(years.map((year) => {
    const share = year < cut ? 0 : year === cut ? 0.5 : 1;
    return [year, share * options.effect];
  }));
  let rows = 0;
  for (const year of years) {
    const path = `${dir}/${baciName({ hs: HS, year, release: SIMULATED_RELEASE })}`;
    const world = { codes, hs6, fixed, exposure, year, density: rowsPerYear / cells };
    rows += writeYear(path, world, truth.get(year)!, options);
  }
  return { dir, rows, concordance, intensities, truth };
}

/** In standard deviations over products; 0 where unknown. */
function standardised(intensity: Float64Array): Float64Array {
  const known = [...intensity].filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (known.length - 1));
  return intensity.map((value) => Number.isNaN(value) ? 0 : value / deviation);
}

function writeTables(dir: string, codes: readonly number[], hs6: readonly string[]): void {
  const iso3 = (code: number) => code === CHINA ? "CHN" : `S${String(code).padStart(3, "0")}`;
  // Three characters, as ISO codes have: S and two base-36 digits.
  const short = (code: number) =>
    code === CHINA ? "CHN" : `S${code.toString(36).toUpperCase().padStart(2, "0")}`;
  const countries = codes.map((code) => `${code},SIMULATED ${iso3(code)},,${short(code)}`);
  Deno.writeTextFileSync(
    `${dir}/country_codes_V${SIMULATED_RELEASE}.csv`,
    `country_code,country_name,country_iso2,country_iso3\n${countries.join("\n")}\n`,
  );
  Deno.writeTextFileSync(
    `${dir}/product_codes_${HS}_V${SIMULATED_RELEASE}.csv`,
    `code,description\n${hs6.map((code) => `${code},SIMULATED product`).join("\n")}\n`,
  );
}

function writeYear(
  path: string,
  { codes, hs6, fixed, exposure, year, density }: {
    readonly codes: readonly number[];
    readonly hs6: readonly string[];
    readonly fixed: Float64Array;
    readonly exposure: Float64Array;
    readonly year: number;
    readonly density: number;
  },
  effect: number,
  { seed, noise = 0.5 }: SimulatedBaciOptions,
): number {
  const random = randomStream(seed * 10_000 + year);
  const width = hs6.length;
  const market = Float64Array.from({ length: codes.length * width }, () => 0.5 * random.normal());
  const file = Deno.openSync(path, { write: true, create: true, truncate: true });
  const encoder = new TextEncoder();
  const flush = (text: string) => {
    const bytes = encoder.encode(text);
    for (let rest = bytes; rest.length > 0; rest = rest.subarray(file.writeSync(rest)));
  };
  const skip = Math.log1p(-density);
  let [text, rows] = ["t,i,j,k,v,q\n", 0];
  for (let i = 0; i < codes.length; i++) {
    const supply = 0.3 * random.normal();
    const response = codes[i] === CHINA ? 0 : effect;
    for (let j = 0; j < codes.length; j++) {
      if (i === j) continue;
      const start = `${year},${codes[i]},${codes[j]},`;
      const next = () => density >= 1 ? 0 : Math.floor(Math.log(1 - random.uniform()) / skip);
      for (let p = next(); p < width; p += 1 + next()) {
        const log = fixed[i * width + p] + market[j * width + p] + supply +
          response * exposure[p] + noise * random.normal() - noise * noise / 2;
        const value = Math.max(1, Math.round(1000 * Math.exp(log)));
        const tonnes = rows % 50 === 0 ? "           NA" : thousandths(value >> 1);
        text += `${start}${hs6[p]},${thousandths(value)},${tonnes}\n`;
        rows++;
        if (text.length > BLOCK) {
          flush(text);
          text = "";
        }
      }
    }
  }
  flush(text);
  file.close();
  return rows;
}

function thousandths(value: number): string {
  const whole = Math.floor(value / 1000);
  const rest = value - whole * 1000;
  return `${whole}.${rest < 10 ? "00" : rest < 100 ? "0" : ""}${rest}`;
}
