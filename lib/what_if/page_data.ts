import type { PackedWorld } from "./what_if_world.ts";
import type { WhatIfChoices } from "./what_if_settings.ts";

/** What the page carries besides its texts. */
export interface PageData {
  readonly world: PackedWorld;
  readonly choices: WhatIfChoices;
  /** Program of the worker. */
  readonly program: string;
}
