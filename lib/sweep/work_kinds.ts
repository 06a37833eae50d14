import type { WorkKind } from "./work_kind.ts";

/** Modules of the kinds of work; each exports `workKind`. They are loaded when a plan asks for them. */
export const WORK_KINDS: Readonly<Record<string, string>> = {
  equilibria: new URL("./equilibria_kind.ts", import.meta.url).href,
  uncertainty: new URL("../uncertainty/uncertainty_kind.ts", import.meta.url).href,
  "monte-carlo": new URL("./monte_carlo_kind.ts", import.meta.url).href,
  "patent-labels": new URL("./patent_labels_kind.ts", import.meta.url).href,
};

/** Where the kind's module is. @throws RangeError when no kind has that name */
export function kindModule(kind: string, given?: string): string {
  const module = given ?? WORK_KINDS[kind];
  if (module === undefined) {
    throw new RangeError(
      `kind of work "${kind}"; expected one of ${Object.keys(WORK_KINDS).join(", ")}`,
    );
  }
  return module;
}

/**
 * A kind of work by name.
 *
 * @param given address of a module that exports `workKind`, for kinds that are not listed here
 * @throws RangeError when there is no such kind
 */
export async function loadWorkKind(kind: string, given?: string): Promise<WorkKind> {
  const { workKind }: { workKind?: WorkKind } = await import(kindModule(kind, given));
  if (workKind?.name !== kind) {
    throw new RangeError(`the module of "${kind}" exports the work kind "${workKind?.name}"`);
  }
  return workKind;
}
