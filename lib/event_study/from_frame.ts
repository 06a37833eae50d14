import type { DataFrame } from "nodejs-polars";
import { type ElementExposure, priceShifts, type QuotaRow, quotaShifts } from "@ree/panels";
import type { EventPanel } from "./event_panel.ts";

/** Where the columns of an {@link EventPanel} are in a data frame, and what shifts are built from. */
export interface PanelSource {
  readonly name: string;
  readonly unitName: string;
  readonly estimator: EventPanel["estimator"];
  readonly frame: DataFrame;
  /** Columns of the frame; exposure columns `total` and `direct` are expected too. */
  readonly columns: {
    readonly unit: string;
    readonly economy?: string;
    readonly cluster?: string;
    readonly outcome: string;
    readonly own?: string;
  };
  readonly exposure: ElementExposure;
  readonly prices: readonly {
    readonly element: string;
    readonly year: number;
    readonly usdPerKg: number;
  }[];
  readonly quotas: readonly QuotaRow[];
  /** How hard each element is to replace, 0 to 1. */
  readonly scores: readonly { readonly element: string; readonly score: number }[];
}

/** Year in which price shifts are zero. */
const BASE = 2009;

/**
 * An event panel from a data frame of outcomes. Price shifts are zero in years without prices; estimates that use
 * them leave those years out.
 */
export function eventPanel(source: PanelSource): EventPanel {
  const { frame, columns, exposure } = source;
  const texts = (name: string) => frame.getColumn(name).toArray().map(String);
  const numbers = (name: string) => frame.getColumn(name).toArray().map(Number);
  const unit = texts(columns.unit);
  const year = numbers("year");
  const shifts = lookUp(priceShifts(exposure, source.prices, { base: BASE }), "shift");
  const years = [...new Set(year)];
  const quota = lookUp(
    quotaShifts(exposure, source.quotas, source.scores, { years }),
    "quota_shift",
  );
  const at = (values: ReadonlyMap<string, number>) =>
    unit.map((name, row) => values.get(`${name} ${year[row]}`) ?? 0);
  const place = new Map(exposure.units.map((name, j) => [name, j]));
  return {
    name: source.name,
    unitName: source.unitName,
    estimator: source.estimator,
    unit,
    economy: columns.economy === undefined ? null : texts(columns.economy),
    ...(columns.cluster === undefined ? {} : { cluster: texts(columns.cluster) }),
    year,
    outcome: numbers(columns.outcome),
    exposures: {
      total: numbers("total"),
      direct: numbers("direct"),
      ...(columns.own === undefined ? {} : { own: numbers(columns.own) }),
    },
    priceShift: at(shifts),
    quotaShift: at(quota),
    elementExposure: Object.fromEntries(exposure.elements.map((element, e) => [
      element,
      unit.map((name) => exposure.values[place.get(name)! * exposure.elements.length + e]),
    ])),
    shocks: shocksOf(source),
  };
}

function shocksOf({ prices, exposure }: PanelSource): ReadonlyMap<string, number> {
  const base = new Map(
    prices.filter(({ year }) => year === BASE).map(({ element, usdPerKg }) => [element, usdPerKg]),
  );
  return new Map(
    prices.filter(({ element }) => exposure.elements.includes(element)).map((
      { element, year, usdPerKg },
    ) => [`${element} ${year}`, Math.log(usdPerKg / base.get(element)!)]),
  );
}

function lookUp(frame: DataFrame, column: string): ReadonlyMap<string, number> {
  return new Map(
    frame.toRecords().map((row) => [`${row.unit} ${row.year}`, Number(row[column])]),
  );
}
