import { posix } from "node:path";

/**
 * Where a link inside a text of the project leads on the report site: notebooks to their reports, tables
 * below `data/` to their entry on the data page, READMEs below `lib/` to their part of the methods page,
 * every other file to its place beside the reports folder. Addresses with a scheme and anchors stay.
 *
 * @param folder folder of the text, from the root of the project: "notebooks", "lib/patents"
 */
export function siteAddress(folder: string, address: string): string {
  if (address === "" || /^([a-z][a-z+.-]*:|[#?/])/i.test(address)) return address;
  const [, path, anchor] = /^([^#]*)(#.*)?$/.exec(address)!;
  const file = posix.normalize(posix.join(folder, path));
  const notebook = /^notebooks\/([^/]+)\.ipynb$/.exec(file)?.[1];
  if (notebook !== undefined) return `${notebook}.html${anchor ?? ""}`;
  if (file === "data" || file === "data/" || /^data\/(README\.md|sources\.json)$/.test(file)) {
    return "data.html";
  }
  if (file.startsWith("data/") && /\.\w+$/.test(file)) return `data.html#${tableId(file.slice(5))}`;
  const readme = /^(lib\/.+)\/README\.md$/.exec(file)?.[1];
  if (readme !== undefined) return `methods.html#${folderId(readme)}`;
  return `../${file}${anchor ?? ""}`;
}

/** Id of a table on the data page, from its file below `data/`. */
export function tableId(file: string): string {
  return `table-${file.replace(/[^\w.-]/g, "-")}`;
}

/** Id of a folder's part of the methods page, of "lib/data/io" for example "lib-data-io". */
export function folderId(folder: string): string {
  return folder.replace(/[^\w-]/g, "-");
}

/** Id of a file on the page of programs. */
export function programId(file: string): string {
  return file.replace(/[^\w.-]/g, "-");
}
