/** The finding of a figure: its description up to the first full stop before a capital letter. */
export function headline(description: string): string {
  return /^([\s\S]*?)[.!?]\s+(?=\p{Lu})/u.exec(description)?.[1] ??
    description.replace(/\.$/, "");
}
