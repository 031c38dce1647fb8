// Keys of the whole interface: "/" to the search box, arrows or j and k along the hits.
"use strict";
(function () {
  function typing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  function walk(step) {
    const hits = Array.from(document.querySelectorAll("[data-hit]"));
    if (!hits.length) return false;
    const at = hits.findIndex((hit) => hit.classList.contains("hit-at"));
    if (at >= 0 && !hits[at + step]) {
      window.wenshu.turnPage(step);
      return true;
    }
    const next = hits[Math.max(at + step, 0)];
    for (const hit of hits) hit.classList.toggle("hit-at", hit === next);
    next.querySelector("a").focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    return true;
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    const field = event.target;
    if (event.key === "/" && !typing(field)) {
      const box = document.querySelector("[data-search]");
      if (box) {
        event.preventDefault();
        box.focus();
        box.select();
      }
      return;
    }
    if (typing(field)) return;
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step && walk(step)) event.preventDefault();
  });

  document.addEventListener("focusin", function (event) {
    const hit = event.target.closest("[data-hit]");
    if (!hit) return;
    for (const other of document.querySelectorAll(".hit-at")) other.classList.remove("hit-at");
    hit.classList.add("hit-at");
  });
})();
