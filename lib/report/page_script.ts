/** What the buttons of a page do. The page reads well without it. */
export const pageScript = `
(() => {
  const root = document.documentElement;
  const small = matchMedia("(max-width: 63.9rem)");
  const toc = document.querySelector("details.toc");
  if (toc) {
    const fold = () => { toc.open = !small.matches; };
    fold();
    small.addEventListener("change", fold);
    toc.addEventListener("click", (e) => { if (small.matches && e.target.closest("a")) toc.open = false; });
  }

  const menu = document.getElementById("menu");
  const site = document.getElementById("site");
  if (menu && site) {
    menu.hidden = false;
    const unfold = (open) => {
      site.classList.toggle("folded", !open);
      menu.setAttribute("aria-expanded", String(open));
    };
    unfold(false);
    menu.addEventListener("click", () => unfold(menu.getAttribute("aria-expanded") !== "true"));
    site.addEventListener("keydown", (e) => {
      if (e.key === "Escape" && small.matches) { unfold(false); menu.focus(); }
    });
    document.addEventListener("keydown", (e) => {
      const typing = e.target instanceof Element && e.target.closest("input, textarea, select, [contenteditable]");
      if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || typing) return;
      const field = document.querySelector("#query, .find input");
      if (!field) return;
      e.preventDefault();
      if (small.matches) unfold(true);
      field.focus();
    });
  }

  const theme = document.getElementById("theme");
  const choices = ["auto", "light", "dark"];
  const tellTheme = () => { theme.textContent = "Colours: " + (root.dataset.theme || "auto"); };
  theme.hidden = false;
  tellTheme();
  theme.addEventListener("click", () => {
    const next = choices[(choices.indexOf(root.dataset.theme || "auto") + 1) % 3];
    if (next === "auto") delete root.dataset.theme; else root.dataset.theme = next;
    try { localStorage.setItem("ree-theme", next); } catch {}
    tellTheme();
  });

  const code = document.getElementById("code");
  if (code) {
    const cells = [...document.querySelectorAll("details.code")];
    const tellCode = () => {
      const shown = cells.length > 0 && cells.every((cell) => cell.open);
      code.setAttribute("aria-pressed", String(shown));
      code.textContent = shown ? "Hide code" : "Show code";
    };
    code.hidden = cells.length === 0;
    tellCode();
    code.addEventListener("click", () => {
      const show = code.getAttribute("aria-pressed") !== "true";
      for (const cell of cells) cell.open = show;
      tellCode();
    });
    for (const cell of cells) cell.addEventListener("toggle", tellCode);
  }

  for (const figure of document.querySelectorAll("figure.figure")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "enlarge";
    const tell = () => {
      const large = figure.classList.contains("large");
      button.setAttribute("aria-pressed", String(large));
      button.textContent = large ? "Fit figure to the screen" : "Enlarge figure";
    };
    button.addEventListener("click", () => { figure.classList.toggle("large"); tell(); reach(); });
    tell();
    figure.append(button);
  }

  const boxes = document.querySelectorAll(".scroll, .ree-table, .figure, pre, .katex-block");
  const reach = () => {
    for (const box of boxes) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0; else box.removeAttribute("tabindex");
    }
  };
  reach();
  addEventListener("resize", reach);

  const links = new Map();
  for (const link of document.querySelectorAll(".toc a")) links.set(decodeURIComponent(link.hash.slice(1)), link);
  if (links.size > 0 && "IntersectionObserver" in window) {
    const headings = [...document.querySelectorAll("main h2[id], main h3[id]")];
    const mark = () => {
      const passed = headings.filter((h) => h.getBoundingClientRect().top < innerHeight / 3);
      const current = (passed.at(-1) || headings[0] || {}).id;
      for (const [id, link] of links) {
        if (id === current) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
      }
    };
    const watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
    for (const heading of headings) watch.observe(heading);
  }
})();
`;
