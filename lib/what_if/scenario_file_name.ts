/** Name under which the page saves a scenario. */
export const SCENARIO_FILE = "what-if.scenario.json";
