/** Typed arrays made while something ran. */
export interface ArrayCount {
  readonly arrays: number;
  /** Numbers in them. */
  readonly entries: number;
}

const KINDS = ["Float64Array", "Int32Array", "Uint8Array"] as const;
const COPIES = ["map", "slice", "filter", "toSorted", "toReversed", "with"] as const;

/**
 * Counts the typed arrays that `run` makes: constructors (`new`, `from`, `of`) and the methods that copy.
 * The global constructors are replaced meanwhile, so nothing else may run at the same time.
 */
export function countArrays(run: () => void): ArrayCount {
  let [arrays, entries] = [0, 0];
  const note = (made: { readonly length: number }) => {
    arrays++;
    entries += made.length;
  };
  const restore: (() => void)[] = [];
  for (const kind of KINDS) {
    const original = Reflect.get(globalThis, kind);
    Reflect.set(
      globalThis,
      kind,
      new Proxy(original, {
        construct(target, given) {
          const made = Reflect.construct(target, given);
          note(made);
          return made;
        },
      }),
    );
    restore.push(() => Reflect.set(globalThis, kind, original));
    for (const name of COPIES) {
      const method = Reflect.get(original.prototype, name);
      Reflect.defineProperty(original.prototype, name, {
        configurable: true,
        writable: true,
        value(this: Float64Array, ...given: unknown[]) {
          const made = Reflect.apply(method, this, given);
          note(made);
          return made;
        },
      });
      // The methods are inherited from %TypedArray%: removing ours brings them back.
      restore.push(() => Reflect.deleteProperty(original.prototype, name));
    }
  }
  try {
    run();
  } finally {
    restore.forEach((undo) => undo());
  }
  return { arrays, entries };
}
