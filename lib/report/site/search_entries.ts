/** A place that the search can lead to. */
export interface SearchEntry {
  readonly title: string;
  /** Page or notebook that holds it. */
  readonly where: string;
  /** Address from the reports folder. */
  readonly url: string;
  readonly text: string;
}

/** One hit, best first. */
export interface SearchHit {
  readonly entry: SearchEntry;
  readonly score: number;
  /** A stretch of the text around the first word found. */
  readonly excerpt: string;
}

/**
 * The entries that hold every word of a query, at the beginning of a word or inside it; a word in the
 * title weighs more than one in the text. Case, accents and the difference between Greek letters and
 * their names do not matter.
 *
 * The page of the search holds this very function as text: it must use nothing outside itself.
 */
export function searchEntries(
  entries: readonly SearchEntry[],
  query: string,
  limit: number,
): SearchHit[] {
  const greek: Record<string, string> = {
    α: "alpha",
    β: "beta",
    γ: "gamma",
    η: "eta",
    θ: "theta",
    κ: "kappa",
    λ: "lambda",
    μ: "mu",
    ξ: "xi",
    π: "pi",
    ρ: "rho",
    σ: "sigma",
    ψ: "psi",
    ω: "omega",
  };
  const fold = (text: string) =>
    text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
      .replace(/[α-ω]/g, (letter) => greek[letter] ?? letter);
  const words = fold(query).split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  if (words.length === 0) return [];
  /** 0 when absent, more at the beginning of a word. */
  const weigh = (text: string, word: string) => {
    let at = text.indexOf(word);
    if (at < 0) return 0;
    for (; at >= 0; at = text.indexOf(word, at + 1)) {
      if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1])) return 2;
    }
    return 1;
  };
  const hits: SearchHit[] = [];
  for (const entry of entries) {
    const title = fold(entry.title);
    const text = fold(entry.text);
    const where = fold(entry.where);
    let score = 0;
    let complete = true;
    for (const word of words) {
      const weight = 8 * weigh(title, word) + 2 * weigh(text, word) + weigh(where, word);
      if (weight === 0) complete = false;
      score += weight;
    }
    if (!complete) continue;
    // Folding may change lengths by a few letters, which an excerpt does not mind.
    const found = words.map((word) => text.indexOf(word)).filter((at) => at >= 0);
    const first = found.length === 0 ? 0 : Math.min(...found);
    const from = Math.max(0, entry.text.lastIndexOf(" ", Math.max(0, first - 60)));
    const rest = entry.text.slice(from).trim();
    const cut = rest.length <= 220 ? rest : rest.slice(0, 220).replace(/\s\S*$/, "") + " …";
    const excerpt = (from > 0 ? "… " : "") + cut;
    hits.push({ entry, score, excerpt });
  }
  return hits.sort((a, b) => b.score - a.score).slice(0, limit);
}
