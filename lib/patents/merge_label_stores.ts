import type { DatabaseSync } from "node:sqlite";
import { namedError } from "./named_error.ts";
import { inTransaction, openStoreDatabase, storeFailure } from "./store_database.ts";

/** What a merge of stores did. */
export interface StoreMerge {
  /** Outcomes and replies that are new in the target. */
  readonly outcomes: number;
  readonly replies: number;
  /** Outcomes that the target had from the same replies: an earlier merge. */
  readonly known: number;
  /** Texts that were asked about twice, under the same prompt and model: the first outcome stays. */
  readonly paidTwice: number;
}

/**
 * Puts the outcomes and replies of stores into another one, which is made when it does not exist. Times and order
 * within a store are kept; every reply that was paid for is kept, so that totals are what was spent. Merging the same
 * store again changes nothing. Each source goes in as a whole or not at all.
 *
 * @throws StoreError when a store is damaged, in use, or has another text for the same prompt version
 */
export function mergeLabelStores(target: string, sources: readonly string[]): StoreMerge {
  const into = openStoreDatabase(target, {});
  const sum = { outcomes: 0, replies: 0, known: 0, paidTwice: 0 };
  try {
    for (const source of sources) {
      const from = openStoreDatabase(source, { readOnly: true });
      try {
        const one = inTransaction(into, () => copyStore(from, into, source));
        for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += one[name];
      } catch (cause) {
        throw cause instanceof Error && cause.name === "StoreError"
          ? cause
          : storeFailure(target, `merging ${source}`, cause);
      } finally {
        from.close();
      }
    }
  } finally {
    into.close();
  }
  return sum;
}

function copyStore(from: DatabaseSync, into: DatabaseSync, source: string): StoreMerge {
  const prompt = into.prepare("SELECT sha256 FROM prompts WHERE version = ?");
  const addPrompt = into.prepare("INSERT INTO prompts VALUES (?, ?, ?)");
  for (const { version, sha256, text } of from.prepare("SELECT * FROM prompts").iterate()) {
    const known = prompt.get(version);
    if (known === undefined) addPrompt.run(version, sha256, text);
    else if (known.sha256 !== sha256) {
      throw namedError(
        "StoreError",
        `${source}: its prompt ${version} has another text than the target's; not merged`,
      );
    }
  }
  const sameReply = into.prepare(
    `SELECT number FROM replies WHERE patent = ? AND prompt = ? AND model = ? AND received_at = ?
       AND problem IS ? AND raw = ? AND prompt_tokens = ? AND completion_tokens = ?`,
  );
  const addReply = into.prepare("INSERT INTO replies VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)");
  const outcome = into.prepare(
    "SELECT reply FROM outcomes WHERE patent = ? AND prompt = ? AND model = ?",
  );
  const addOutcome = into.prepare(
    "INSERT INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const outcomeOf = from.prepare("SELECT * FROM outcomes WHERE reply = ?");
  const counts = { outcomes: 0, replies: 0, known: 0, paidTwice: 0 };
  for (const reply of from.prepare("SELECT * FROM replies ORDER BY number").iterate()) {
    const fields = [
      reply.patent,
      reply.prompt,
      reply.model,
      reply.received_at,
      reply.problem,
      reply.raw,
      reply.prompt_tokens,
      reply.completion_tokens,
    ];
    const same = sameReply.get(...fields)?.number;
    const number = same ?? addReply.run(...fields).lastInsertRowid;
    if (same === undefined) counts.replies++;
    const own = outcomeOf.get(reply.number);
    if (own === undefined) continue;
    const there = outcome.get(own.patent, own.prompt, own.model);
    if (there !== undefined) {
      if (Number(there.reply) === Number(number)) counts.known++;
      else counts.paidTwice++;
      continue;
    }
    addOutcome.run(
      own.patent,
      own.prompt,
      own.model,
      own.status,
      own.primary_label,
      own.labels,
      own.elements,
      own.evidence,
      own.reason,
      number,
      own.text_sha256,
    );
    counts.outcomes++;
  }
  return counts;
}
