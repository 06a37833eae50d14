/**
 * Texts of the page, figures aside, whose contrast to what lies behind them is below the 4.5 of WCAG AA:
 * https://www.w3.org/TR/WCAG22/#contrast-minimum. Runs inside the page.
 */
export function faintTexts(): string[] {
  const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour: string) => {
    const [r, g, b] = channels(colour).slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const faint = new Set<string>();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement!;
    const text = texts.currentNode.textContent!.trim();
    if (text === "" || element.closest("svg, script, style, [hidden]") !== null) continue;
    if (!element.checkVisibility()) continue;
    let behind: Element | null = element;
    const ground = (x: Element) => getComputedStyle(x).backgroundColor;
    while (behind !== null && (channels(ground(behind))[3] ?? 1) === 0) {
      behind = behind.parentElement;
    }
    if (behind === null) continue;
    const [a, b] = [luminance(getComputedStyle(element).color), luminance(ground(behind))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) faint.add(`${contrast.toFixed(1)}: ${text.slice(0, 40)}`);
  }
  return [...faint];
}
