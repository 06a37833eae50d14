import { expressionText } from "./expression.ts";
import type { Fit } from "./fit.ts";
import { significant } from "./table.ts";

/**
 * A fit as text, laid out as fixest prints it: estimator, observations, effects, covariance, coefficients, statistics,
 * and what was left out.
 */
export function summaryText(fit: Fit): string {
  const columns = [
    "Estimate",
    "Std. Error",
    Number.isFinite(fit.dof.test) ? "t value" : "z value",
    "Pr(>|t|)",
  ];
  const cells = fit.coefNames.map((name) => [
    name,
    significant(fit.coef(name), 6),
    significant(fit.se(name), 6),
    significant(fit.tstat(name), 6),
    significant(fit.pvalue(name), 5),
  ]);
  const rows = [["", ...columns], ...cells];
  const widths = rows[0].map((_, j) => Math.max(...rows.map((row) => row[j].length)));
  const laidOut = rows.map((row) =>
    row.map((cell, j) => j === 0 ? cell.padEnd(widths[j]) : cell.padStart(widths[j])).join("  ")
  );
  const { missing, singleton, separated } = fit.report.dropped;
  const dropped = Object.entries({ missing, singleton, separated })
    .filter(([, list]) => list.length > 0).map(([why, list]) => `${list.length} ${why}`);
  const statistics = Object.entries({
    RMSE: fit.rmse,
    "R2": fit.r2,
    "Within R2": fit.r2Within,
    "Pseudo R2": fit.pseudoR2,
  }).filter(([, value]) => value !== undefined).map(([name, value]) =>
    `${name}: ${significant(value!, 6)}`
  );
  return [
    `${fit.method} estimation, Dep. Var.: ${expressionText(fit.formula.response)}`,
    `Observations: ${fit.nobs.toLocaleString("en-US")}${
      dropped.length > 0 ? ` (left out: ${dropped.join(", ")})` : ""
    }`,
    ...(fit.effects.length > 0
      ? [`Fixed-effects: ${fit.effects.map(({ name, groups }) => `${name}: ${groups}`).join(", ")}`]
      : []),
    `Standard-errors: ${fit.vcovType}`,
    ...laidOut,
    statistics.join("   "),
    ...(fit.report.collinear.length > 0
      ? [`Left out as collinear: ${fit.report.collinear.join(", ")}`]
      : []),
  ].join("\n");
}
