import { type Concordance, concordance } from "@ree/data";
import { randomStream } from "@ree/numeric";

/**
 * A SIMULATED correlation between two revisions of the Harmonized System: of the products some 60 % keep one code, 15 % are divided
 * over two, 15 % meet with their neighbour, 7 % share goods with it (m:n), and 3 % have no successor.
 *
 * @param products HS6 codes, ascending, at least 3 apart (new codes follow the old ones)
 * @throws RangeError naming codes that are too close
 */
export function simulateCorrelation(products: readonly string[], seed: number): Concordance {
  const random = randomStream(seed);
  const later = (code: string, steps: number) => String(Number(code) + steps).padStart(6, "0");
  const links: { from: string; to: string; weight: null }[] = [];
  const add = (from: string, to: string) => links.push({ from, to, weight: null });
  for (let p = 0; p < products.length; p++) {
    const [code, next] = [products[p], products[p + 1]];
    if (next !== undefined && Number(next) - Number(code) < 3) {
      throw new RangeError(`products ${code} and ${next}: expected codes at least 3 apart`);
    }
    const draw = random.uniform();
    if (draw < 0.6 || (draw < 0.97 && draw >= 0.75 && next === undefined)) {
      add(code, later(code, 1));
    } else if (draw < 0.75) {
      add(code, later(code, 1));
      add(code, later(code, 2));
    } else if (draw < 0.97) {
      add(code, later(code, 1));
      if (draw >= 0.9) add(code, later(code, 2));
      add(next, later(code, draw >= 0.9 ? 2 : 1));
      p++;
    }
  }
  return concordance(`SIMULATED correlation, seed ${seed}`, links);
}
