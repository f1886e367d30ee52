// Cards, arrow keys and the filter. Without it the page has its marks, its legend and its tooltips.
(() => {
  const folded = (text) => text.normalize("NFKD").replace(/[\p{M}\u0640]/gu, "").replace(/ى/g, "ي")
    .replace(/ة/g, "ه").toLowerCase();
  const element = (name, text, parent) => {
    const made = document.createElement(name);
    made.textContent = text;
    parent.append(made);
    return made;
  };

  function fill(card, facts) {
    card.replaceChildren();
    for (const block of facts.split("\n\n")) {
      const [name, ...lines] = block.split("\n");
      const head = element("strong", name, card);
      head.dir = "auto";
      const list = element("dl", "", card);
      for (const line of lines) {
        const at = line.indexOf(": ");
        const [key, value] = [line.slice(0, at), line.slice(at + 2)];
        element("dt", key, list);
        const cell = element("dd", "", list);
        if (key === "url" && /^https?:\/\//.test(value)) {
          const link = element("a", value, cell);
          link.href = value;
          link.rel = "noreferrer";
        } else {
          element("bdi", value, cell);
        }
      }
    }
  }

  function start(root) {
    const marks = [...root.querySelectorAll("mark[title]")];
    const rows = [...root.querySelectorAll(".kayan-row")];
    const card = element("div", "", root);
    card.className = "kayan-card";
    card.hidden = true;
    card.id = `kayan-card-${Math.random().toString(36).slice(2)}`;
    card.setAttribute("role", "tooltip");
    let timer;
    const hide = () => { card.hidden = true; };
    const show = (mark) => {
      clearTimeout(timer);
      fill(card, mark.dataset.facts);
      card.hidden = false;
      const frame = root.getBoundingClientRect();
      const boxes = [...mark.getClientRects()];
      const box = boxes[boxes.length - 1];
      const room = frame.width - card.offsetWidth - 8;
      card.style.left = `${Math.max(8, Math.min(box.right - frame.left - card.offsetWidth, room))}px`;
      const below = box.bottom + card.offsetHeight + 10 < innerHeight || box.top < card.offsetHeight + 10;
      card.style.top = `${below ? box.bottom - frame.top + 6 : box.top - frame.top - card.offsetHeight - 6}px`;
    };
    const later = () => { clearTimeout(timer); timer = setTimeout(hide, 250); };
    const places = new Map(marks.map((mark, at) => [mark, at]));
    for (const mark of marks) {
      mark.dataset.facts = mark.title;
      mark.removeAttribute("title");
      mark.tabIndex = -1;
      mark.setAttribute("aria-describedby", card.id);
    }
    // One stop of the tab key for each text; arrows go on from there.
    for (const row of rows) row.querySelector("mark")?.setAttribute("tabindex", "0");
    const of = (event) => event.target.closest?.("mark[data-facts]");
    root.addEventListener("mouseover", (event) => { const mark = of(event); if (mark) show(mark); });
    root.addEventListener("mouseout", (event) => { if (of(event)) later(); });
    card.addEventListener("mouseenter", () => clearTimeout(timer));
    card.addEventListener("mouseleave", later);
    root.addEventListener("focusin", (event) => { const mark = of(event); if (mark) show(mark); });
    root.addEventListener("focusout", (event) => { if (of(event)) later(); });
    root.addEventListener("click", (event) => {
      const mark = of(event);
      if (mark) mark.focus(); else if (!card.contains(event.target)) hide();
    });
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { hide(); return; }
      const mark = of(event);
      // In a text from right to left, the next mark is at the left.
      const step = { ArrowLeft: 1, ArrowDown: 1, ArrowRight: -1, ArrowUp: -1 }[event.key];
      if (!mark || !step) return;
      let at = places.get(mark) + step;
      while (marks[at] && !marks[at].offsetParent) at += step;
      if (marks[at]) { event.preventDefault(); marks[at].focus(); }
    });

    const box = root.querySelector(".kayan-find");
    if (!box || rows.length < 2) return;
    box.hidden = false;
    const input = box.querySelector("input");
    const told = box.querySelector("output");
    let texts;
    input.addEventListener("input", () => {
      texts ??= rows.map((row) => folded([...row.querySelectorAll("mark")]
        .map((mark) => `${mark.dataset.facts}\n${mark.textContent}`).join("\n")));
      const wanted = folded(input.value.trim());
      let shown = 0;
      rows.forEach((row, at) => {
        row.hidden = !texts[at].includes(wanted);
        shown += !row.hidden;
      });
      told.textContent = wanted ? `${shown.toLocaleString("en")} of ${rows.length.toLocaleString("en")} texts` : "";
      hide();
    });
  }

  for (const root of document.querySelectorAll(".kayan:not([data-ready])")) {
    root.dataset.ready = "";
    start(root);
  }
})();
