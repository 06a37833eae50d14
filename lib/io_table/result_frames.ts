import pl, { type DataFrame } from "nodejs-polars";
import type { IntensityBands } from "./intensity_draws.ts";
import { elementIntensities, PER_MILLION } from "./intensity_summary.ts";
import { intensityMatrices } from "./ree_intensity.ts";
import type { UsReeTable } from "./us_ree_table.ts";
import type { WorldIntensity } from "./world_intensity.ts";
import type { WorldReeTable } from "./carve_world.ts";

/**
 * US intensities of all table years: `year`, `industry`, `label`, `element`, `direct`, `total`
 * (USD per million USD of gross output).
 *
 * @param names industry names of each year, in table order
 */
export function usIntensityTable(
  tables: ReadonlyMap<number, UsReeTable>,
  names: (year: number) => readonly string[],
): DataFrame {
  const rows = [...tables].flatMap(([year, { table }]) =>
    elementIntensities(intensityMatrices(table), names(year)).map((row) => ({ year, ...row }))
  );
  return columns(rows, {
    year: pl.Int32,
    industry: pl.Utf8,
    label: pl.Utf8,
    element: pl.Utf8,
    direct: pl.Float64,
    total: pl.Float64,
  });
}

/**
 * Bands of one table year: `year`, `industry`, `direct_lower`, `direct_upper`, `total_lower`, `total_median`,
 * `total_upper` (USD per million USD of gross output), all elements together.
 */
export function bandTable(bands: IntensityBands, year: number): DataFrame {
  const rows = bands.industries.map((industry, j) => ({
    year,
    industry,
    direct_lower: PER_MILLION * bands.direct.lower[j],
    direct_upper: PER_MILLION * bands.direct.upper[j],
    total_lower: PER_MILLION * bands.total.lower[j],
    total_median: PER_MILLION * bands.total.median[j],
    total_upper: PER_MILLION * bands.total.upper[j],
  }));
  return columns(rows, {
    year: pl.Int32,
    industry: pl.Utf8,
    direct_lower: pl.Float64,
    direct_upper: pl.Float64,
    total_lower: pl.Float64,
    total_median: pl.Float64,
    total_upper: pl.Float64,
  });
}

/**
 * Purchases of elements in the US tables: `year`, `application`, `element`, `industry`, `wiod_sector`,
 * `wipo_field`, `value` (million USD).
 *
 * @throws when an (application, industry) pair has no sector and field
 */
export function purchaseTable(
  tables: ReadonlyMap<number, UsReeTable>,
  industries: readonly {
    readonly application: string;
    readonly industry: string;
    readonly wiodSector: string;
    readonly wipoField: string;
  }[],
): DataFrame {
  const rows = [...tables].flatMap(([year, { splits }]) =>
    splits.purchases.map(({ application, element, industry, value }) => {
      const place = industries.find((row) =>
        row.application === application && row.industry === industry
      );
      if (place === undefined) throw new RangeError(`${industry} (${application}) has no sector`);
      return {
        year,
        application,
        element,
        industry,
        wiod_sector: place.wiodSector,
        wipo_field: place.wipoField,
        value,
      };
    })
  );
  return columns(rows, {
    year: pl.Int32,
    application: pl.Utf8,
    element: pl.Utf8,
    industry: pl.Utf8,
    wiod_sector: pl.Utf8,
    wipo_field: pl.Utf8,
    value: pl.Float64,
  });
}

/**
 * World intensities: `year`, `country`, `sector`, `element`, `direct`, `total` (USD per million USD of gross
 * output) and the sector's `output` (million USD).
 */
export function worldIntensityTable(
  table: WorldReeTable,
  rows: readonly WorldIntensity[],
): DataFrame {
  const [width, countries] = [table.sectors.length, table.countries];
  const records = rows.map((row) => ({
    year: table.year,
    ...row,
    direct: PER_MILLION * row.direct,
    total: PER_MILLION * row.total,
    output:
      table.output[countries.indexOf(row.country) * width + table.sectors.indexOf(row.sector)],
  }));
  return columns(records, {
    year: pl.Int32,
    country: pl.Utf8,
    sector: pl.Utf8,
    element: pl.Utf8,
    direct: pl.Float64,
    total: pl.Float64,
    output: pl.Float64,
  });
}

type ColumnType = typeof pl.Int32 | typeof pl.Utf8 | typeof pl.Float64;

/** A frame of the named columns of records, typed so that whole numbers stay whole. */
function columns<Row extends object>(
  rows: readonly Row[],
  types: { readonly [Column in keyof Row]: ColumnType },
): DataFrame {
  const names = Object.keys(types) as (keyof Row & string)[];
  return pl.DataFrame(
    names.map((name) => pl.Series(name, rows.map((row) => row[name]), types[name])),
  );
}
