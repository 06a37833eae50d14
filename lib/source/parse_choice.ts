import { existsSync } from "node:fs";
import { SOURCE_KIND_NAMES, type SourceKindName } from "./source_kinds.ts";

/** The word for the project's own derived tables. */
export const SHIPPED = "shipped";

/** One part of a choice: a kind, a path, or both. */
export interface ChoiceItem {
  /** Null: to be recognised from the file. */
  readonly kind: SourceKindName | null;
  /** Null: to be looked for in the cache folder of `deno task data:download`. */
  readonly path: string | null;
}

/**
 * Reads the parameter `source` of a notebook: `shipped`; or one or several items, parted by `;` or `,`, each a path, a kind (its
 * files are then looked for in the cache folder), or `kind=path`. A text that is itself the path of a file is one item.
 *
 * @throws RangeError naming an unknown kind, an empty item, or `shipped` beside others
 * @example
 * ```ts
 * parseChoice("exiobase; penn=pwt1001.xlsx; my-table.csv");
 * ```
 */
export function parseChoice(text: string): readonly ChoiceItem[] {
  const trimmed = text.trim();
  if (trimmed === SHIPPED) return [];
  if (trimmed === "") {
    throw new RangeError(`source: came nothing; expected ${SHIPPED}, or ${FORMS}`);
  }
  const items = existsSync(trimmed) ? [trimmed] : trimmed.split(/[;,]/).map((item) => item.trim());
  return items.map((item) => {
    if (item === SHIPPED) {
      throw new RangeError(
        `source "${text}": ${SHIPPED} beside other items; leave it out, what is not chosen is shipped`,
      );
    }
    if (item === "") {
      throw new RangeError(`source "${text}": an empty item; expected ${FORMS}`);
    }
    return isKind(item) ? { kind: item, path: null } : withPath(item, text);
  });
}

const FORMS = "a path, a kind of file, or kind=path, several parted by ;";

function withPath(item: string, text: string): ChoiceItem {
  const [, before, after] = /^([a-z0-9-]+)=(.*)$/s.exec(item) ?? [];
  if (before === undefined || existsSync(item)) return { kind: null, path: item };
  if (!isKind(before)) {
    throw new RangeError(
      `source "${text}": kind "${before}"; expected one of ${SOURCE_KIND_NAMES.join(", ")}`,
    );
  }
  if (after.trim() === "") throw new RangeError(`source "${text}": ${before}= without a path`);
  return { kind: before, path: after.trim() };
}

function isKind(text: string): text is SourceKindName {
  return (SOURCE_KIND_NAMES as readonly string[]).includes(text);
}
