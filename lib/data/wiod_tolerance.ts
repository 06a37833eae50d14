/**
 * Largest accepted gap between a row's sum and its output, million USD: some 1,600 rounded cells per row (standard
 * deviation 12), and the carrier rounded twice; 108 is the largest gap in the seven tables.
 */
export const WIOD_ROW_MUSD = 150;
