/**
 * Technical coefficients A = Z·x̂⁻¹: input i per unit of output of j.
 *
 * @param flows intermediate flows Z, row-major [inputs][industries]; rows may be commodities, industries or elements
 * @param output gross output x [industries], same unit as the flows
 * @returns A [inputs][industries]; a column without output and without inputs is zero
 * @throws when shapes do not fit, or an industry has inputs but no positive output (names it by position)
 * Source: Miller and Blair (2009), Input-Output Analysis, ch. 2.
 */
export function technicalCoefficients(
  flows: Float64Array,
  output: Float64Array | readonly number[],
): Float64Array {
  const industries = output.length;
  if (industries === 0 || flows.length % industries !== 0) {
    throw new RangeError(
      `technicalCoefficients: ${flows.length} flows are not rows of ${industries} industries`,
    );
  }
  const coefficients = new Float64Array(flows.length);
  for (let k = 0; k < flows.length; k++) {
    if (flows[k] === 0) continue;
    const x = output[k % industries];
    const coefficient = flows[k] / x;
    if (!(x > 0) || !Number.isFinite(coefficient)) {
      throw new RangeError(
        `technicalCoefficients: industry ${k % industries} uses ${flows[k]} of input ` +
          `${Math.floor(k / industries)} but has output ${x}; expected a positive output`,
      );
    }
    coefficients[k] = coefficient;
  }
  return coefficients;
}
