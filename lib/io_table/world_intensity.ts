import { technicalCoefficients } from "./technical_coefficients.ts";
import { embodied } from "./total_requirements.ts";
import type { WorldReeTable } from "./carve_world.ts";

/** World rare earth intensity of one sector of one country in one element. */
export interface WorldIntensity {
  readonly country: string;
  readonly sector: string;
  readonly element: string;
  /** USD of the element per USD of gross output. */
  readonly direct: number;
  /** Along the whole world supply chain. */
  readonly total: number;
}

/**
 * Direct and total intensity of every ordinary sector of every country, elements summed over their origins.
 *
 * @returns a row per country, sector and element; sectors without output have intensity 0
 */
export function worldIntensity(table: WorldReeTable): WorldIntensity[] {
  const { countries, sectors, elements, intermediate, output } = table;
  const [size, width] = [output.length, sectors.length];
  const ordinary = width - elements.length;
  const coefficients = technicalCoefficients(intermediate, output);
  const direct = new Float64Array(elements.length * size);
  for (let n = 0; n < countries.length; n++) {
    for (let e = 0; e < elements.length; e++) {
      const row = (n * width + ordinary + e) * size;
      for (let j = 0; j < size; j++) direct[e * size + j] += coefficients[row + j];
    }
  }
  const total = embodied(direct, coefficients);
  return countries.flatMap((country, n) =>
    sectors.slice(0, ordinary).flatMap((sector, j) =>
      elements.map((element, e) => {
        const k = e * size + n * width + j;
        return { country, sector, element, direct: direct[k], total: total[k] };
      })
    )
  );
}
