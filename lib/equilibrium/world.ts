/**
 * The calibrated world economy from the project's data. Apart from the main door, because it reads
 * files and needs the data stage, which a browser does not have.
 *
 * @module
 */
import { loadFacts, loadJudged, loadMakeUse, loadOxideProduction, loadWorldTable } from "@ree/data";
import { usReeTable, type WorldReeTable, worldReeTable, worldSplits } from "@ree/io-table";

/** Year of the industry shares that the world table borrows from the United States. */
const SHARES_YEAR = 2007;

/**
 * The world table of a year with ten element sectors, from `data/`.
 *
 * @param year 2005 to 2011; default 2009, the baseline of model.md section 6
 */
export function loadWorldReeTable(year = 2009): WorldReeTable {
  const [facts, judged] = [loadFacts(), loadJudged()];
  const world = loadWorldTable(year);
  const distribution = usReeTable(loadMakeUse(SHARES_YEAR), facts, judged).factors.distribution;
  return worldReeTable(
    world,
    worldSplits({
      facts,
      judged,
      distribution,
      mines: loadOxideProduction().filter((row) => row.year === year),
      countries: world.countries,
      year,
    }),
  );
}
