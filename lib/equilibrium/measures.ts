/** Labels of sectors or countries; "*" stands for all (others, where a country is left out). */
export type Labels = readonly string[] | "*";

/**
 * One policy or change, in labels: what scenario files hold and {@link shockOf} turns into arrays.
 * Sector labels may be "elements" for all elements of the economy.
 */
export type Measure =
  | {
    readonly kind: "tariff";
    /** Who levies it. */
    readonly importers: Labels;
    readonly exporters: Labels;
    readonly sectors: Labels;
    /** The new rate, ad valorem. */
    readonly rate: number;
  }
  | {
    readonly kind: "exportDuty";
    readonly exporter: string;
    readonly sectors: Labels;
    readonly rate: number;
    readonly importers: Labels;
  }
  | {
    readonly kind: "exportQuota";
    readonly exporter: string;
    readonly sectors: Labels;
    /** Export quantity relative to the baseline. */
    readonly limit: number;
  }
  | {
    readonly kind: "embargo";
    readonly exporter: string;
    readonly sectors: Labels;
    readonly importers: Labels;
  }
  | {
    readonly kind: "tradeCost";
    readonly importers: Labels;
    readonly exporters: Labels;
    readonly sectors: Labels;
    /** Change factor κ̂ of iceberg costs. */
    readonly factor: number;
  }
  | {
    readonly kind: "productivity";
    readonly country: string;
    readonly sectors: Labels;
    /** Change factor of output per input. */
    readonly factor: number;
  }
  | {
    readonly kind: "resource";
    readonly country: string;
    readonly sectors: Labels;
    /** Change factor of the specific resource, R̂. */
    readonly factor: number;
  }
  | {
    readonly kind: "endowment";
    readonly country: string;
    readonly factors: Labels;
    /** Change factor L̂. */
    readonly factor: number;
  }
  | {
    readonly kind: "transfer";
    readonly from: string;
    readonly to: string;
    /** Added to what is transferred already, in units of the numeraire. */
    readonly amount: number;
  };

/**
 * A new tariff: `tariff("USA", "CHN", ["c14"], 0.25)`.
 *
 * @param rate ad valorem, the new level
 */
export function tariff(importer: string, exporter: string, sectors: Labels, rate: number): Measure {
  return { kind: "tariff", importers: one(importer), exporters: one(exporter), sectors, rate };
}

/** A new export duty on sales to the given importers (all others by default). */
export function exportDuty(
  exporter: string,
  sectors: Labels,
  rate: number,
  importers: Labels = "*",
): Measure {
  return { kind: "exportDuty", exporter, sectors, rate, importers };
}

/**
 * An export quota on each of the sectors: `exportQuota("CHN", ["Nd", "Dy"], 0.6)` caps exports of each
 * at 60 % of the baseline quantity.
 */
export function exportQuota(exporter: string, sectors: Labels, limit: number): Measure {
  return { kind: "exportQuota", exporter, sectors, limit };
}

/** No sales at all to the given importers (all others by default). */
export function embargo(exporter: string, sectors: Labels, importers: Labels = "*"): Measure {
  return { kind: "embargo", exporter, sectors, importers };
}

/** A change of iceberg costs by a factor. */
export function tradeCost(
  importer: string,
  exporter: string,
  sectors: Labels,
  factor: number,
): Measure {
  return { kind: "tradeCost", importers: one(importer), exporters: one(exporter), sectors, factor };
}

/** A change of productivity by a factor: cheaper for all buyers, the country itself included. */
export function productivity(country: string, sectors: Labels, factor: number): Measure {
  return { kind: "productivity", country, sectors, factor };
}

/** A change of specific resources (mines) by a factor. */
export function resourceChange(country: string, sectors: Labels, factor: number): Measure {
  return { kind: "resource", country, sectors, factor };
}

/** A change of factor endowments by a factor. */
export function endowment(country: string, factors: Labels, factor: number): Measure {
  return { kind: "endowment", country, factors, factor };
}

/** A transfer between two countries, in units of the numeraire. */
export function transfer(from: string, to: string, amount: number): Measure {
  return { kind: "transfer", from, to, amount };
}

function one(label: string): Labels {
  return label === "*" ? "*" : [label];
}
