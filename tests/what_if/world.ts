import { loadWorldReeTable } from "@ree/equilibrium/world";
import { whatIfChoices } from "@ree/what-if";
import { loadWhatIfWorld } from "../../lib/what_if/load_what_if_world.ts";

/** The whole world table, the page's world and its choices, read once for each test file. */
export const whole = loadWorldReeTable();
export const world = loadWhatIfWorld(whole);
export const choices = whatIfChoices(world);
