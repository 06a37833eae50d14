import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import { messageOf, namedError } from "./named_error.ts";

/** Options of {@linkcode openLabelStore}. */
export interface StoreOptions {
  /** Only read; fails while a run holds the store. */
  readonly readOnly?: boolean;
  /** Largest size, pages of 4 kB, to try what a full disk does. */
  readonly maxPages?: number;
}

/** Layout of the tables below; a store of another version is refused, never changed. */
export const STORE_VERSION = 1;

/** "REEP", marks our files among SQLite files. */
const APPLICATION_ID = 0x52454550;

const LAYOUT = `
CREATE TABLE prompts (version TEXT PRIMARY KEY, sha256 TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE TABLE replies (
  number INTEGER PRIMARY KEY, patent TEXT NOT NULL, prompt TEXT NOT NULL, model TEXT NOT NULL,
  received_at TEXT NOT NULL, problem TEXT, raw TEXT NOT NULL,
  prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL
) STRICT;
CREATE INDEX replies_by_key ON replies (patent, prompt, model);
CREATE TABLE outcomes (
  patent TEXT NOT NULL, prompt TEXT NOT NULL, model TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('labelled', 'unlabelled')),
  primary_label TEXT, labels TEXT, elements TEXT, evidence TEXT, reason TEXT,
  reply INTEGER NOT NULL REFERENCES replies, text_sha256 TEXT NOT NULL,
  PRIMARY KEY (patent, prompt, model)
) STRICT;
CREATE TRIGGER outcomes_stay BEFORE UPDATE ON outcomes BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER outcomes_kept BEFORE DELETE ON outcomes BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER replies_stay BEFORE UPDATE ON replies BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER replies_kept BEFORE DELETE ON replies BEGIN SELECT RAISE(ABORT, 'append-only'); END;
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${STORE_VERSION};
`;

/**
 * Opens or makes the SQLite file of a store, checked and, unless it is only read, locked.
 *
 * @throws StoreError
 */
export function openStoreDatabase(
  path: string,
  { readOnly = false, maxPages }: StoreOptions,
): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly });
    if (!readOnly) database.exec("PRAGMA locking_mode = EXCLUSIVE");
    const pragma = (name: string) => Object.values(database!.prepare(`PRAGMA ${name}`).get()!)[0];
    const empty = database.prepare("SELECT count(*) AS n FROM sqlite_schema").get()?.n === 0;
    if (empty && pragma("application_id") === 0 && !readOnly) {
      // WAL with NORMAL: a killed process loses nothing; a power cut may lose the last answers, never the store.
      database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
      inTransaction(database, () => database!.exec(LAYOUT));
    } else {
      checkLayout(path, pragma("application_id"), pragma("user_version"));
      const damage = pragma("quick_check(1)");
      if (damage !== "ok") throw new Error(`the file is damaged (${damage})`);
      if (!readOnly) {
        database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
        database.exec("BEGIN IMMEDIATE; COMMIT");
      }
    }
    if (maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${Math.floor(maxPages)}`);
    return database;
  } catch (cause) {
    database?.close();
    throw cause instanceof Error && cause.name === "StoreError"
      ? cause
      : storeFailure(path, "opening", cause);
  }
}

function checkLayout(path: string, application: SQLOutputValue, version: SQLOutputValue): void {
  if (application !== APPLICATION_ID) {
    throw namedError("StoreError", `${path}: a SQLite file, but not a store of labels`);
  }
  if (version !== STORE_VERSION) {
    throw namedError(
      "StoreError",
      `${path}: a store of layout version ${version}; this program reads version ${STORE_VERSION}. ` +
        "Nothing was changed; use the program that made it, or another file",
    );
  }
}

/** Runs work in a transaction: all of it or nothing. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (cause) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw cause;
  }
}

/** What SQLite said, with what can be done about it. */
export function storeFailure(path: string, what: string, cause: unknown): Error {
  const message = messageOf(cause);
  const hint = /full/.test(message)
    ? "the disk is full; free space and run again, what was recorded is kept"
    : /locked|busy/.test(message)
    ? "another process has the store open; wait for it or stop it"
    : /not a database|malformed|damaged/.test(message)
    ? "the store is damaged; restore a copy, or rescue its rows with `sqlite3 FILE .recover`"
    : /readonly|unable to open/.test(message)
    ? "the file or its folder cannot be written or does not exist"
    : "see the message before";
  return namedError("StoreError", `${path}, ${what}: ${message}. Remedy: ${hint}.`, cause);
}
