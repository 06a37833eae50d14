/** Panels for regressions: outcomes by unit and year beside rare earth exposure, price shifts and quota shifts. */
export { type CostShares, costShares } from "./cost_shares.ts";
export { exportPanel, type ExportRow, exportRows, GOODS_SECTORS } from "./export_panel.ts";
export { type ExposureScales, exposureScales } from "./exposure_scales.ts";
export { fieldElementExposure, fieldExposure, fieldIndustries } from "./field_exposure.ts";
export { EXPOSURE_YEAR, industryExposure } from "./industry_exposure.ts";
export { type IntensityCell, type IntensityMatrix, intensityMatrix } from "./intensity_matrix.ts";
export { manufacturingElementExposure, manufacturingExposure } from "./manufacturing_exposure.ts";
export { manufacturingPanel } from "./manufacturing_panel.ts";
export { patentPanel } from "./patent_panel.ts";
export { type PriceShiftOptions, priceShifts } from "./price_shifts.ts";
export { productivityElementExposure, productivityExposure } from "./productivity_exposure.ts";
export { productivityPanel } from "./productivity_panel.ts";
export {
  CUT_YEARS,
  QUOTA_BASE,
  type QuotaRow,
  quotaShifts,
  quotaTightness,
} from "./quota_shifts.ts";
export { RD_GROUPS, rdExportPanel } from "./rd_export_panel.ts";
export { type ColumnKind, recordFrame } from "./record_frame.ts";
export {
  countrySector,
  countrySectorExposure,
  LEFT_OUT,
  sectorElementExposure,
  sectorExposure,
} from "./sector_exposure.ts";
export { type InputYear, solowResidual } from "./solow_residual.ts";
export {
  type ElementExposure,
  groupExposure,
  totalByElement,
  type UnitExposure,
} from "./unit_exposure.ts";
