/** A patent as the readers give it and every later step takes it. */
export interface Patent {
  readonly id: string;
  readonly title: string;
  /** Empty when the source has none. */
  readonly abstract: string;
  /** Year of grant or publication; null when unknown. */
  readonly year: number | null;
  /** Year of the earliest filing known; null when unknown. */
  readonly priorityYear: number | null;
  /** CPC or IPC symbols, such as `H01F1/057`; one entry per class. */
  readonly classes: readonly string[];
  /** ISO 3166 alpha-2 country of every inventor (or of the patent), repeated when several share it. */
  readonly countries: readonly string[];
  readonly assignee: string | null;
}

/** Title and abstract as one text, which is what is matched, labelled and hashed. */
export function patentText(patent: Pick<Patent, "title" | "abstract">): string {
  return patent.abstract === "" ? patent.title : `${patent.title}\n${patent.abstract}`;
}

/** A patent from the fields at hand; the others are empty. */
export function patentOf(fields: Pick<Patent, "id" | "title"> & Partial<Patent>): Patent {
  return {
    abstract: "",
    year: null,
    priorityYear: null,
    classes: [],
    countries: [],
    assignee: null,
    ...fields,
  };
}
