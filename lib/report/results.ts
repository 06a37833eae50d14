import { existsSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import type { DataFrame } from "nodejs-polars";
import { projectPaths } from "./project.ts";
import { isFrame } from "./table.ts";
import { writeAtomically } from "./write_atomically.ts";

/**
 * Where a result of this run lies: `results/<name>`, or below the folder that `REE_RESULTS` names.
 *
 * @throws when the name would leave that folder.
 */
export function resultPath(name: string): string {
  return join(Deno.env.get("REE_RESULTS") ?? projectPaths().results, inside(name));
}

/**
 * Save a result for later steps, in the format that the name ends in: `.parquet` and `.csv` take a
 * polars data frame or records, `.json` any JSON value. A run killed half-way leaves the earlier file.
 *
 * @returns the path of the file.
 */
export async function saveResult(name: string, data: unknown): Promise<string> {
  const path = resultPath(name);
  const format = formatOf(name);
  if (format === "json") {
    const value = isFrame(data) ? data.toRecords() : data;
    await writeAtomically(path, JSON.stringify(value, null, 1) + "\n");
    return path;
  }
  const frame = await toFrame(data, name);
  await writeAtomically(path, (temporary) => {
    if (format === "parquet") frame.writeParquet(temporary);
    else frame.writeCSV(temporary);
  });
  return path;
}

/**
 * Read what an earlier step saved under `results/`, else the committed default `data/<standard>`. A
 * `.json` file gives its value, the others a polars data frame.
 *
 * @throws when neither file is there.
 */
export async function loadResult<Name extends string>(
  name: Name,
  standard: string = name,
): Promise<Name extends `${string}.json` ? unknown : DataFrame> {
  const candidates = [resultPath(name), join(projectPaths().data, inside(standard))];
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path === undefined) {
    throw new Error(
      `loadResult: neither results/${name} nor data/${standard} exists; run the notebook that saves it`,
    );
  }
  return await read(path) as Name extends `${string}.json` ? unknown : DataFrame;
}

async function read(path: string): Promise<unknown> {
  const format = formatOf(path);
  if (format === "json") return JSON.parse(await Deno.readTextFile(path));
  const { default: pl } = await import("nodejs-polars");
  return format === "parquet" ? pl.readParquet(path) : pl.readCSV(path);
}

async function toFrame(data: unknown, name: string): Promise<DataFrame> {
  if (isFrame(data)) return data as unknown as DataFrame;
  if (!Array.isArray(data)) {
    throw new TypeError(`saveResult: ${name} takes a data frame or an array of records`);
  }
  const { default: pl } = await import("nodejs-polars");
  return pl.readRecords(data);
}

function formatOf(name: string): "parquet" | "csv" | "json" {
  const extension = extname(name).slice(1);
  if (extension === "parquet" || extension === "csv" || extension === "json") return extension;
  throw new RangeError(`result "${name}" must end in .parquet, .csv or .json`);
}

function inside(name: string): string {
  const path = normalize(name);
  if (path.startsWith("..") || path.startsWith("/") || /^[A-Za-z]:/.test(path)) {
    throw new RangeError(`result "${name}" must lie inside the results folder`);
  }
  return path;
}
