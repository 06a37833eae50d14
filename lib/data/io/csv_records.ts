import { parse } from "csv-parse";
import { Readable } from "node:stream";
import { FETCH_AGAIN, sourceError } from "../source_error.ts";
import { findMember, zipMember } from "./zip_member.ts";

/** Cells of one line of a delimited file. */
export interface DelimitedLine {
  /** Line number in the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A delimited file that is read line by line, so that it may be larger than memory. */
export interface DelimitedFile {
  /** Path, with the member of an archive after a colon. */
  readonly file: string;
  readonly lines: AsyncIterable<DelimitedLine>;
}

/** How a delimited file is read. */
export interface DelimitedOptions {
  readonly delimiter?: string;
  readonly encoding?: "utf-8" | "windows-1252";
  /** When `path` is a zip archive: which member. */
  readonly member?: { readonly pattern: RegExp; readonly name: string };
}

/**
 * Lines of a delimited text file, or of the named member of a zip archive (quotes, byte order mark and both line ends
 * are understood). All lines must be as long as the first.
 *
 * @throws SourceError when the file is missing, cut off inside quotes, or a line has another number of cells
 */
export async function delimitedFile(
  path: string,
  options: DelimitedOptions = {},
): Promise<DelimitedFile> {
  const opened = await open(path, options);
  return { file: opened.file, lines: records(opened, options) };
}

/** The same, or null when the archive has no such member. */
export async function delimitedMember(
  path: string,
  options: DelimitedOptions & { readonly member: { pattern: RegExp; name: string } },
): Promise<DelimitedFile | null> {
  const found = await findMember(path, options.member.pattern, options.member.name);
  if (found === null) return null;
  const opened = { file: `${path}:${found.name}`, stream: found.stream };
  return { file: opened.file, lines: records(opened, options) };
}

interface Opened {
  readonly file: string;
  readonly stream: ReadableStream<Uint8Array>;
}

async function open(path: string, options: DelimitedOptions): Promise<Opened> {
  if (/\.zip$/i.test(path) && options.member !== undefined) {
    const { name, stream } = await zipMember(path, options.member.pattern, options.member.name);
    return { file: `${path}:${name}`, stream };
  }
  try {
    return { file: path, stream: (await Deno.open(path, { read: true })).readable };
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw sourceError({ file: path, came: "no such file", expected: "it", remedy: FETCH_AGAIN });
  }
}

async function* records(opened: Opened, options: DelimitedOptions): AsyncIterable<DelimitedLine> {
  const { file } = opened;
  const text = opened.stream.pipeThrough(
    new TextDecoderStream(options.encoding ?? "utf-8") as unknown as TransformStream<
      Uint8Array,
      string
    >,
  );
  const source = Readable.fromWeb(text as unknown as Parameters<typeof Readable.fromWeb>[0]);
  const parser = parse({
    bom: true,
    delimiter: options.delimiter ?? ",",
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  source.on("error", (cause) => parser.destroy(cause));
  source.pipe(parser);
  let width: number | undefined;
  try {
    for await (const { info, record } of parser) {
      width ??= record.length;
      if (record.length !== width) {
        throw sourceError({
          file,
          row: info.lines,
          came: `${record.length} cells`,
          expected: `${width} cells, as in line 1 (a cut line?)`,
          remedy: FETCH_AGAIN,
        });
      }
      yield { line: info.lines, cells: record };
    }
  } catch (cause) {
    if (cause instanceof Error && cause.name === "SourceError") throw cause;
    throw sourceError({
      file,
      came: `text that does not read (${cause instanceof Error ? cause.message : cause})`,
      expected: "delimited values",
      remedy: FETCH_AGAIN,
    });
  } finally {
    source.destroy();
  }
}
