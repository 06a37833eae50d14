import {
  CLOSURE_CHOICES,
  MEASURE_CHOICES,
  SIZE_RANGES,
  type WhatIfChoices,
  type WhatIfSettings,
} from "./what_if_settings.ts";

/** The controls of the page. */
export interface Controls {
  /** Shows settings without telling anyone. */
  readonly show: (settings: WhatIfSettings) => void;
  /** Width in px. */
  readonly width: () => number;
}

/** The elements of permanent magnets. */
const MAGNETS = ["Pr", "Nd", "Tb", "Dy"];

/**
 * Connects the controls of the page. Settings stay exact when they are shown: a slider follows them, and only what
 * the reader moves changes.
 *
 * @param tell is told the new settings after every movement
 */
export function makeControls(
  choices: WhatIfChoices,
  tell: (settings: WhatIfSettings) => void,
): Controls {
  const form = document.getElementById("controls") as HTMLFormElement;
  const input = (id: string) => document.getElementById(id) as HTMLInputElement;
  const boxes = (
    name: string,
  ) => [...form.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)];
  let settings = choices.defaults;
  const change = (part: Partial<WhatIfSettings>) => tell({ ...settings, ...part });

  form.addEventListener("submit", (event) => event.preventDefault());
  input("country").addEventListener("change", () => {
    const country = input("country").value;
    const { sells } = choices.countries.find(({ code }) => code === country)!;
    const kept = settings.elements.filter((element) => sells.includes(element));
    const elements = settings.elements[0] === "*" || kept.length === 0 ? ["*"] : kept;
    const others = settings.targets.filter((code) => code !== country);
    change({ country, elements, targets: others.length === 0 ? ["*"] : others });
  });
  for (const box of boxes("elements")) {
    box.addEventListener("change", () => {
      const chosen = boxes("elements").filter((one) => one.checked && !one.disabled);
      if (chosen.length === 0) box.checked = true; // something is always restricted
      else change({ elements: listOf(boxes("elements")) });
    });
  }
  for (const box of boxes("targets")) {
    box.addEventListener("change", () => {
      const chosen = boxes("targets").filter((one) => one.checked && !one.disabled);
      if (chosen.length === 0) box.checked = true;
      else change({ targets: listOf(boxes("targets")) });
    });
  }
  for (const radio of boxes("measure")) {
    radio.addEventListener("change", () => {
      const measure = radio.value;
      const first = measure === "quota" ? choices.defaults.size : FIRST_RATE;
      const sameKind = (measure === "quota") === (settings.measure === "quota");
      change({
        measure,
        size: sameKind ? settings.size : first,
        targets: measure === "quota" ? ["*"] : settings.targets,
      });
    });
  }
  input("size").addEventListener("input", () => {
    const percent = Number(input("size").value);
    change({ size: (settings.measure === "quota" ? 100 - percent : percent) / 100 });
  });
  input("closure").addEventListener("change", () => change({ closure: input("closure").value }));
  for (const key of ["sigma", "psi", "supply"] as const) {
    input(key).addEventListener("input", () => change({ [key]: Number(input(key).value) }));
  }
  for (const button of form.querySelectorAll<HTMLButtonElement>("button[data-pick]")) {
    button.addEventListener("click", () => {
      if (button.dataset.pick === "all") return change({ elements: ["*"] });
      if (button.dataset.pick === "everyone") return change({ targets: ["*"] });
      const { sells } = choices.countries.find(({ code }) => code === settings.country)!;
      const magnets = sells.filter((element) => MAGNETS.includes(element));
      if (magnets.length > 0) change({ elements: magnets });
    });
  }

  return {
    width: () => form.offsetWidth,
    show(shown) {
      settings = shown;
      const { sells } = choices.countries.find(({ code }) => code === shown.country)!;
      const isQuota = shown.measure === "quota";
      input("country").value = shown.country;
      for (const box of boxes("elements")) {
        box.disabled = !sells.includes(box.value);
        box.checked = !box.disabled && isIn(shown.elements, box.value);
      }
      for (const box of boxes("targets")) {
        const isHome = box.value === shown.country;
        box.closest("label")!.hidden = isHome;
        box.disabled = isHome || isQuota;
        box.checked = !isHome && isIn(shown.targets, box.value);
      }
      document.getElementById("targets-field")!.hidden = isQuota;
      text("measure-hint", MEASURE_CHOICES.find(({ code }) => code === shown.measure)!.meaning);
      for (const radio of boxes("measure")) radio.checked = radio.value === shown.measure;
      document.getElementById("size-field")!.hidden = shown.measure === "embargo";
      const { low, high } = SIZE_RANGES[shown.measure];
      const percent = 100 * (isQuota ? 1 - shown.size : shown.size);
      input("size").min = String(100 * low);
      input("size").max = String(100 * high);
      input("size").value = String(percent);
      text("size-name", SIZE_NAMES[shown.measure] ?? "");
      text("size-value", `${Number(percent.toPrecision(4))} %`);
      input("closure").value = shown.closure;
      text("closure-hint", CLOSURE_CHOICES.find(({ code }) => code === shown.closure)!.meaning);
      for (const key of ["sigma", "psi", "supply"] as const) {
        input(key).value = String(shown[key]);
        text(`${key}-value`, String(shown[key]));
      }
    },
  };
}

/** Duty and licensing cost with which these measures begin. */
const FIRST_RATE = 0.5;

const SIZE_NAMES: Readonly<Record<string, string>> = {
  quota: "Cut of exports",
  duty: "Rate of the duty",
  licensing: "Cost as a part of the price",
};

function isIn(labels: readonly string[], label: string): boolean {
  return labels[0] === "*" || labels.includes(label);
}

/** The chosen boxes, or "*" when all that can be chosen are. */
function listOf(boxes: readonly HTMLInputElement[]): string[] {
  const possible = boxes.filter(({ disabled }) => !disabled);
  const chosen = possible.filter(({ checked }) => checked);
  return chosen.length === possible.length ? ["*"] : chosen.map(({ value }) => value);
}

function text(id: string, words: string): void {
  document.getElementById(id)!.textContent = words;
}
