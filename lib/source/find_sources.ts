import { cacheDir } from "@ree/download";
import { existsSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type ChoiceItem, parseChoice } from "./parse_choice.ts";
import { recogniseFile } from "./recognise_file.ts";
import {
  kindsOf,
  SOURCE_KIND_NAMES,
  SOURCE_KINDS,
  type SourceKindName,
  type SourceRole,
} from "./source_kinds.ts";

/** A file that a choice found, and what it is. */
export interface FoundFile {
  readonly kind: SourceKindName;
  /** File, archive or folder. */
  readonly path: string;
}

/** What a notebook is to run on. */
export interface SourceChoice {
  /** The parameter as given. */
  readonly text: string;
  /** Nothing but the project's own tables. */
  readonly shipped: boolean;
  readonly files: readonly FoundFile[];
  /** Files of a chosen folder that this notebook has no use for. */
  readonly passedOver: readonly FoundFile[];
}

/** Where files are looked for; the defaults are those of a notebook. */
export interface FindOptions {
  /** Name of the notebook, for messages. */
  readonly notebook?: string;
  /** Cache folder of `deno task data:download`. */
  readonly cache?: string;
  /** Folders that a relative path may start from, in this order: the working folder, then the project. */
  readonly from?: readonly string[];
}

const PROJECT: string = fileURLToPath(new URL("../../", import.meta.url));

/** Folders below a chosen folder in which files are looked for. */
const DEPTH = 2;

/**
 * Finds the files of a choice and what they are.
 *
 * @param text the parameter `source`, as `parseChoice` reads it
 * @param takes what the notebook can replace; a file for anything else is refused, unless it only lies in a chosen folder
 * @throws RangeError naming what came, what was expected and where it was looked for: an unknown kind, no such file, a file that is
 * none of the kinds, two kinds for one role, nothing that the notebook can use
 * @example
 * ```ts
 * const choice = await findSources("oecd-icio", ["world table"], { notebook: "05-counterfactuals" });
 * ```
 */
export async function findSources(
  text: string,
  takes: readonly SourceRole[],
  options: FindOptions = {},
): Promise<SourceChoice> {
  const files: FoundFile[] = [];
  const passedOver: FoundFile[] = [];
  const able = [...takes, ...(takes.length > 0 ? ["concordance" as const] : [])];
  for (const item of parseChoice(text)) {
    const { found, named } = await filesOfItem(item, text, options);
    const useful = found.filter(({ kind }) => able.includes(SOURCE_KINDS[kind].role));
    if (useful.length === 0) throw noUse(item, found, text, takes, options);
    if (named && useful.length < found.length) throw noUse(item, found, text, takes, options);
    files.push(...useful);
    passedOver.push(...found.filter((file) => !useful.includes(file)));
  }
  const unique = [...new Map(files.map((file) => [`${file.kind} ${file.path}`, file])).values()];
  checkOneKind(unique, text, able);
  return { text, shipped: unique.length === 0, files: unique, passedOver };
}

/** The files of a choice that take a role; none: the shipped table does. */
export function filesOf(choice: SourceChoice, role: SourceRole): readonly FoundFile[] {
  return choice.files.filter(({ kind }) => SOURCE_KINDS[kind].role === role);
}

async function filesOfItem(
  { kind, path }: ChoiceItem,
  text: string,
  options: FindOptions,
): Promise<{ readonly found: readonly FoundFile[]; readonly named: boolean }> {
  if (path === null) return { found: await cached(kind!, text, options), named: true };
  const full = located(path, text, options.from ?? [Deno.cwd(), PROJECT]);
  const own = await recogniseFile(full);
  if (!Deno.statSync(full).isDirectory || own !== null) {
    if (kind !== null) return { found: [{ kind, path: full }], named: true };
    if (own !== null) return { found: [{ kind: own, path: full }], named: true };
    throw unrecognised(path, text);
  }
  const inside = await recognised(full, DEPTH);
  const found = kind === null ? inside : inside.filter((file) => file.kind === kind);
  if (found.length === 0) {
    const expected = kind === null
      ? `files of the kinds ${SOURCE_KIND_NAMES.join(", ")}`
      : SOURCE_KINDS[kind].files;
    throw new RangeError(
      `source "${text}": folder ${path} holds ${listed(inside.map(nameOf))}; expected ${expected}`,
    );
  }
  return { found, named: kind !== null };
}

async function cached(
  kind: SourceKindName,
  text: string,
  options: FindOptions,
): Promise<readonly FoundFile[]> {
  const { name, files, download } = SOURCE_KINDS[kind];
  if ((download as readonly string[]).length === 0) {
    throw new RangeError(
      `source "${text}": ${kind} is a file of your own; expected ${kind}=PATH (${files})`,
    );
  }
  const cache = options.cache ?? cacheDir();
  // The newest release that is there: the names are in this order.
  for (const source of download) {
    const folder = join(cache, source);
    if (!existsSync(folder)) continue;
    const found = (await recognised(folder, DEPTH)).filter((file) => file.kind === kind);
    if (found.length > 0) return found;
  }
  throw new RangeError(
    `source "${text}": no ${name} in ${cache} (folders ${
      download.join(", ")
    }); expected ${files}. ` +
      `Fetch it with \`deno task data:download ${download[0]}\`, or name it: ${kind}=PATH`,
  );
}

function located(path: string, text: string, from: readonly string[]): string {
  const candidates = isAbsolute(path) ? [path] : from.map((folder) => resolve(folder, path));
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found !== undefined) return found;
  throw new RangeError(
    `source "${text}": no such file or folder; looked for ${candidates.join(" and ")}`,
  );
}

async function recognised(folder: string, depth: number): Promise<readonly FoundFile[]> {
  const found: FoundFile[] = [];
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  for (const name of names) {
    const path = join(folder, name);
    const kind = await recogniseFile(path);
    if (kind !== null) found.push({ kind, path });
    else if (depth > 1 && Deno.statSync(path).isDirectory) {
      found.push(...await recognised(path, depth - 1));
    }
  }
  return found;
}

function checkOneKind(
  files: readonly FoundFile[],
  text: string,
  roles: readonly SourceRole[],
): void {
  for (const role of roles) {
    const kinds = new Set(
      files.map(({ kind }) => kind).filter((kind) => SOURCE_KINDS[kind].role === role),
    );
    if (role === "concordance" || kinds.size < 2) continue;
    throw new RangeError(
      `source "${text}": ${
        [...kinds].join(" and ")
      } for the same purpose (${role}); expected one ` +
        "of them, named as kind=PATH",
    );
  }
}

function noUse(
  { kind, path }: ChoiceItem,
  found: readonly FoundFile[],
  text: string,
  takes: readonly SourceRole[],
  { notebook = "this notebook" }: FindOptions,
): Error {
  const came = [...new Set(found.map((file) => file.kind))]
    .map((one) => `${SOURCE_KINDS[one].name} (${SOURCE_KINDS[one].role})`);
  const expected = takes.map((role) => `${role}: ${kindsOf(role).join(", ")}`).join("; ");
  return new RangeError(
    `source "${text}": ${path ?? kind} is ${came.join(" and ")}; ${notebook} can take ` +
      (expected === "" ? "nothing but the shipped tables" : expected),
  );
}

function unrecognised(path: string, text: string): Error {
  const kinds = Object.entries(SOURCE_KINDS).map(([kind, { files }]) => `${kind} (${files})`);
  return new RangeError(
    `source "${text}": ${path} is none of the kinds of files that are recognised; expected one of ` +
      `${kinds.join("; ")}. When it is one of them under another name, say kind=PATH`,
  );
}

function nameOf({ kind, path }: FoundFile): string {
  return `${path.split(/[\\/]/).at(-1)} (${kind})`;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "nothing that is recognised" : names.join(", ");
}
