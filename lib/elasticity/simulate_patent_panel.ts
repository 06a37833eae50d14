import type { DataFrame } from "@ree/data";
import pl from "nodejs-polars";
import {
  type GivenPrices,
  type PriceProcess,
  simulatePatentColumns,
  type SimulationOptions,
} from "./simulate_patent_columns.ts";

/** Options of {@linkcode simulatePatentPanel}: as {@linkcode SimulationOptions}, prices also as a frame. */
export type PanelSimulationOptions = Omit<SimulationOptions, "prices"> & {
  /** A process, or prices by sector and year: columns `sector`, `year`, `log_relative_price` and `instrument` if there is one. */
  readonly prices?: PriceProcess | GivenPrices | DataFrame;
  /** Standard deviation of a price error that is added to prices given as a frame. */
  readonly priceError?: number;
};

/** Stands in the column `origin` of every simulated panel. */
export const SIMULATED = "SIMULATED";

/**
 * SIMULATED patent panel from the model with known σ; see `simulatePatentColumns` for the equations.
 *
 * Columns: `sector`, `year`, `patents_element`, `patents_other` (counts), `log_relative_price`, `instrument`; `stock_element`,
 * `stock_other` (technology); `knowledge_element`, `knowledge_other` (perpetual inventory at the start of the year);
 * `true_sigma`; `origin`, always "SIMULATED".
 *
 * @throws RangeError naming the option that is out of range
 * @example
 * ```ts
 * const panel = simulatePatentPanel({ sectors: 30, years: 16, sigma: 0.5, psi: 1, seed: 7 });
 * ```
 */
export function simulatePatentPanel(options: PanelSimulationOptions = {}): DataFrame {
  const { prices, priceError, ...rest } = options;
  const columns = simulatePatentColumns({
    ...rest,
    prices: prices && isFrame(prices) ? givenPrices(prices, priceError) : prices,
  });
  const { sector, year, ...numbers } = columns;
  const counts = ["patents_element", "patents_other"];
  return pl.DataFrame([
    pl.Series("sector", sector, pl.Utf8),
    pl.Series("year", year, pl.Int32),
    ...Object.entries(numbers).map(([name, values]) =>
      pl.Series(name, values, counts.includes(name) ? pl.Int32 : pl.Float64)
    ),
    pl.Series("origin", sector.map(() => SIMULATED), pl.Utf8),
  ]);
}

function isFrame(prices: PriceProcess | GivenPrices | DataFrame): prices is DataFrame {
  return typeof (prices as DataFrame).getColumn === "function";
}

function givenPrices(frame: DataFrame, error: number | undefined): GivenPrices {
  const numbers = (name: string) => frame.getColumn(name).toArray().map(Number);
  return {
    sector: frame.getColumn("sector").toArray().map(String),
    year: numbers("year"),
    logRelativePrice: numbers("log_relative_price"),
    ...(frame.columns.includes("instrument") ? { instrument: numbers("instrument") } : {}),
    ...(error === undefined ? {} : { error }),
  };
}
