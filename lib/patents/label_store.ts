import type { SQLOutputValue } from "node:sqlite";
import { isLabel, type Label } from "./labels.ts";
import type { LabelAnswer } from "./label_answer.ts";
import type { TokenTotals } from "./budget.ts";
import { namedError } from "./named_error.ts";
import type { Prompt } from "./prompt.ts";
import {
  inTransaction,
  openStoreDatabase,
  storeFailure,
  type StoreOptions,
} from "./store_database.ts";

/** What a label belongs to: a patent is labelled once per prompt version and model. */
export interface LabelKey {
  readonly patent: string;
  readonly prompt: string;
  readonly model: string;
}

/** How a patent ended: labelled, or recorded as unlabelled with the reason. */
export interface LabelOutcome extends LabelKey {
  readonly status: "labelled" | "unlabelled";
  /** Null when unlabelled. */
  readonly answer: LabelAnswer | null;
  /** Why there is no label; null when there is one. */
  readonly reason: string | null;
  /** The last reply as it came over the wire, the key struck out. */
  readonly raw: string;
  /** SHA-256 of the text that was shown to the model. */
  readonly textSha256: string;
  /** Time of recording, ISO 8601. */
  readonly recordedAt: string;
}

/** A reply that was paid for but held no valid answer. */
export interface RejectedReply extends LabelKey, TokenTotals {
  readonly problem: string;
  readonly raw: string;
}

/** An append-only SQLite file of labels. Every write is durable before the call returns. */
export interface LabelStore {
  readonly path: string;
  /** Remembers the text of a prompt; throws StoreError when this version stood for another text. */
  registerPrompt(prompt: Prompt): void;
  /** SHA-256 of the text that was labelled under this key; null when the key has no outcome yet. */
  find(key: LabelKey): string | null;
  /** Rejected replies under this key so far. */
  rejections(key: LabelKey): number;
  /** Records an outcome; false, and nothing changes, when the key has one already. */
  record(outcome: Omit<LabelOutcome, "recordedAt"> & TokenTotals): boolean;
  /** Records a reply that was paid for and held no valid answer. */
  reject(reply: RejectedReply): void;
  /** Tokens that replies under a prompt version and model used, rejected ones included. */
  totals(prompt: string, model: string): TokenTotals & { readonly replies: number };
  /** Prompt versions and models with the number of their outcomes. */
  runs(): readonly { readonly prompt: string; readonly model: string; readonly outcomes: number }[];
  /** Outcomes in order of recording. */
  outcomes(which?: { readonly prompt?: string; readonly model?: string }): Iterable<LabelOutcome>;
  close(): void;
}

/**
 * Opens a store, or makes one. While a run has it open no other process can write to it, so that two runs never pay
 * for the same text. A process that dies leaves a store that opens again with everything it recorded.
 *
 * @throws StoreError when the file is damaged, is not a store, has another layout version, is in use, or cannot be
 * written; the file is left as it is
 */
export function openLabelStore(path: string, options: StoreOptions = {}): LabelStore {
  const database = openStoreDatabase(path, options);
  const guarded = <T>(what: string, work: () => T): T => {
    try {
      return work();
    } catch (cause) {
      throw storeFailure(path, what, cause);
    }
  };
  const statement = (sql: string) => guarded("reading", () => database.prepare(sql));
  const insertReply = statement(
    "INSERT INTO replies VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const insertOutcome = statement("INSERT INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const findOutcome = statement(
    "SELECT text_sha256 FROM outcomes WHERE patent = ? AND prompt = ? AND model = ?",
  );
  const countRejected = statement(
    "SELECT count(*) AS n FROM replies WHERE patent = ? AND prompt = ? AND model = ? AND problem IS NOT NULL",
  );
  const find = ({ patent, prompt, model }: LabelKey) => {
    const row = guarded("reading", () => findOutcome.get(patent, prompt, model));
    return row === undefined ? null : String(row.text_sha256);
  };
  const addReply = (
    { patent, prompt, model, raw, promptTokens, completionTokens }:
      & LabelKey
      & TokenTotals
      & { readonly raw: string },
    problem: string | null,
    now: string,
  ) =>
    insertReply.run(
      patent,
      prompt,
      model,
      now,
      problem,
      raw,
      promptTokens,
      completionTokens,
    ).lastInsertRowid;
  return {
    path,
    registerPrompt({ version, sha256, text }) {
      guarded(
        "recording the prompt",
        () =>
          database.prepare("INSERT OR IGNORE INTO prompts VALUES (?, ?, ?)")
            .run(version, sha256, text),
      );
      const row = database.prepare("SELECT sha256 FROM prompts WHERE version = ?").get(version);
      if (row?.sha256 !== sha256) {
        throw namedError(
          "StoreError",
          `${path}: prompt ${version} has changed since labels were made with it; ` +
            "give the changed text a new version name",
        );
      }
    },
    find,
    rejections({ patent, prompt, model }) {
      return Number(
        guarded("reading", () => countRejected.get(patent, prompt, model))?.n,
      );
    },
    record(outcome) {
      return guarded("recording an answer", () =>
        inTransaction(database, () => {
          if (find(outcome) !== null) return false;
          const { patent, prompt, model, status, answer, reason, textSha256 } = outcome;
          const reply = addReply(outcome, reason, new Date().toISOString());
          insertOutcome.run(
            patent,
            prompt,
            model,
            status,
            answer?.primary ?? null,
            answer === null ? null : JSON.stringify(answer.labels),
            answer === null ? null : JSON.stringify(answer.elements),
            answer?.evidence ?? null,
            reason,
            reply,
            textSha256,
          );
          return true;
        }));
    },
    reject(reply) {
      guarded(
        "recording a rejected reply",
        () => addReply(reply, reply.problem, new Date().toISOString()),
      );
    },
    totals(prompt, model) {
      const row = guarded("reading", () =>
        database.prepare(
          `SELECT count(*) AS replies, coalesce(sum(prompt_tokens), 0) AS promptTokens,
             coalesce(sum(completion_tokens), 0) AS completionTokens
           FROM replies WHERE prompt = ? AND model = ?`,
        ).get(prompt, model));
      return {
        replies: Number(row?.replies),
        promptTokens: Number(row?.promptTokens),
        completionTokens: Number(row?.completionTokens),
      };
    },
    runs() {
      return guarded("reading", () =>
        database.prepare(
          "SELECT prompt, model, count(*) AS outcomes FROM outcomes GROUP BY 1, 2 ORDER BY 1, 2",
        ).all().map(({ prompt, model, outcomes }) => ({
          prompt: String(prompt),
          model: String(model),
          outcomes: Number(outcomes),
        })));
    },
    *outcomes({ prompt, model } = {}) {
      const rows = statement(
        `SELECT o.*, r.raw, r.received_at FROM outcomes AS o JOIN replies AS r ON r.number = o.reply
         WHERE (?1 IS NULL OR o.prompt = ?1) AND (?2 IS NULL OR o.model = ?2) ORDER BY o.reply`,
      ).iterate(prompt ?? null, model ?? null);
      for (const row of rows) yield outcomeOf(path, row);
    },
    close: () => database.close(),
  };
}

function outcomeOf(path: string, row: Record<string, SQLOutputValue>): LabelOutcome {
  const primary = row.primary_label;
  if (primary !== null && !isLabel(primary)) {
    throw namedError("StoreError", `${path}: label ${JSON.stringify(primary)} is not one of ours`);
  }
  return {
    patent: String(row.patent),
    prompt: String(row.prompt),
    model: String(row.model),
    status: row.status === "labelled" ? "labelled" : "unlabelled",
    answer: primary === null ? null : {
      primary,
      labels: JSON.parse(String(row.labels)) as Label[],
      elements: JSON.parse(String(row.elements)) as string[],
      evidence: String(row.evidence),
    },
    reason: row.reason === null ? null : String(row.reason),
    raw: String(row.raw),
    textSha256: String(row.text_sha256),
    recordedAt: String(row.received_at),
  };
}
