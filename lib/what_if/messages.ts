import type { AnswerView } from "./answer_view.ts";
import type { FigureWidths } from "./answer_figures.ts";
import type { PackedWorld } from "./what_if_world.ts";
import type { WhatIfSettings } from "./what_if_settings.ts";

/** What the page tells its worker: first the world, then settings to solve. */
export type Request =
  | { readonly kind: "world"; readonly world: PackedWorld }
  | {
    readonly kind: "solve";
    readonly id: number;
    readonly settings: WhatIfSettings;
    readonly widths: FigureWidths;
  };

/** What the worker tells the page; `id` is that of the settings. */
export type Reply =
  | {
    readonly kind: "answer";
    readonly id: number;
    readonly view: AnswerView;
    /** Time for calibrating and solving, and with drawing. */
    readonly solved: number;
    readonly drawn: number;
  }
  | {
    /** All closures side by side, after the answer. */
    readonly kind: "closures";
    readonly id: number;
    readonly figure: string;
    /** Why closures have no number. */
    readonly problems: readonly string[];
  }
  | { readonly kind: "refused"; readonly id: number; readonly refusal: Refusal };

/** Why there is no answer. */
export interface Refusal {
  /** Whether the model found no equilibrium, or the settings make no scenario. */
  readonly reason: "no equilibrium" | "no scenario";
  /** Plain text. */
  readonly message: string;
}
