/** Figures: each takes plain records and returns one self-contained `<svg>`. They draw and never compute. */
export { bandChart, type BandChartOptions, type BandRow } from "./band_chart.ts";
export { carveOutDiagram, type CarveOutOptions, type CarveOutStep } from "./carve_out_diagram.ts";
export { type ChangeBarRow, changeBars, type ChangeBarsOptions } from "./change_bars.ts";
export {
  coefficientPlot,
  type CoefficientPlotOptions,
  type CoefficientRow,
} from "./coefficient_plot.ts";
export {
  caterpillarPlot,
  type CaterpillarPlotOptions,
  type CaterpillarRow,
} from "./caterpillar_plot.ts";
export { curvePlot, type CurvePlotOptions, type CurveRow } from "./curve_plot.ts";
export { type DutyRow, dutySteps, type DutyStepsOptions } from "./duty_steps.ts";
export { elementHeatMap, type ElementHeatMapOptions, type HeatMapRow } from "./element_heat_map.ts";
export { type EndUseRow, endUseShares } from "./end_use_shares.ts";
export {
  eventStudyPlot,
  type EventStudyPlotOptions,
  type EventStudyRow,
} from "./event_study_plot.ts";
export { eventTimeline } from "./event_timeline.ts";
export {
  eventKey,
  type EventKind,
  eventMargin,
  eventMarks,
  type FigureEvent,
  type PlacedEvent,
  placeEvents,
} from "./events.ts";
export { exposureMap, type ExposureMapOptions, type ExposureRow } from "./exposure_map.ts";
export { type GroupMeanRow, groupMeans, type GroupMeansOptions } from "./group_means.ts";
export {
  intensityDotPlot,
  type IntensityDotPlotOptions,
  type IntensityRow,
} from "./intensity_dot_plot.ts";
export {
  type ConcentrationRow,
  mineConcentration,
  type MineConcentrationOptions,
  type MineRow,
} from "./mine_concentration.ts";
export { priceLines, type PriceRow } from "./price_lines.ts";
export { quotaBars, type QuotaRow } from "./quota_bars.ts";
export { READING_CLASSES, type ReadingClass, readingClass } from "./reading.ts";
export { scatterPlot, type ScatterPlotOptions, type ScatterRow } from "./scatter_plot.ts";
export {
  type BreakdownValue,
  type OriginalInterval,
  sensitivityBounds,
  type SensitivityBoundsOptions,
  type SensitivityBoundsRow,
} from "./sensitivity_bounds.ts";
export { sensitivityRange, type SensitivityRow } from "./sensitivity_range.ts";
export type { FigureText } from "./theme.ts";
export { valueGrid, type ValueGridOptions, type ValueGridRow } from "./value_grid.ts";
export { yearComparison, type YearComparisonRow } from "./year_comparison.ts";
