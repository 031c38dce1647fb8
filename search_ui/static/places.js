// Steps from place to place of the words in a preview, whatever it is: "第 3 / 12 处" (SS-03).
"use strict";
(function () {
  const LAST = "#last-place"; // an address that comes from the page behind

  // Marks of one place together: on a drawn page a place over two lines has two boxes.
  function placesOf(preview) {
    const found = new Map();
    for (const mark of preview.querySelectorAll("mark, .sheet-marks rect")) {
      const key = mark.dataset.place === undefined ? found.size : mark.dataset.place;
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(mark);
    }
    return Array.from(found.values());
  }

  function told(bar, at, all) {
    const words = bar.querySelector("[data-place-of]");
    words.textContent = words.dataset.placeOf.replace("{at}", at).replace("{all}", all);
  }

  function show(bar, places, at, scroll) {
    const before = Number(bar.dataset.before || 0);
    bar.dataset.at = at;
    places.forEach((marks, n) => marks.forEach((mark) => mark.classList.toggle("mark-at", n === at)));
    told(bar, before + at + 1, Math.max(Number(bar.dataset.all || 0), before + places.length));
    if (scroll) places[at][0].scrollIntoView({ block: "center" });
  }

  function begin(root) {
    for (const bar of root.querySelectorAll("[data-places]")) {
      const preview = bar.closest(".preview");
      const places = placesOf(preview);
      if (!places.length || bar.dataset.at !== undefined) continue;
      bar.hidden = false;
      show(bar, places, location.hash === LAST ? places.length - 1 : 0, location.hash === LAST);
    }
  }

  function step(bar, by) {
    const places = placesOf(bar.closest(".preview"));
    const at = Number(bar.dataset.at) + by;
    if (at < 0 || at >= places.length) return false;
    show(bar, places, at, true);
    return true;
  }

  document.addEventListener("click", function (event) {
    const bar = event.target.closest("[data-places]");
    if (!bar || bar.dataset.at === undefined) return;
    const button = event.target.closest("[data-place-step]");
    const link = event.target.closest("a");
    const last = bar.querySelectorAll(".btn")[1];
    if (button) {
      const by = Number(button.dataset.placeStep);
      const places = placesOf(bar.closest(".preview"));
      if (!step(bar, by)) show(bar, places, by < 0 ? places.length - 1 : 0, true);
    } else if (event.target.closest(".btn")) {
      const by = event.target.closest(".btn") === last ? 1 : -1;
      if (step(bar, by)) event.preventDefault();
      else if (link && by < 0 && !link.hash) link.hash = LAST;
    }
  }, true);

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const by = { n: 1, p: -1 }[event.key];
    const bar = by && document.querySelector("[data-places][data-at]");
    if (!bar || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    const way = bar.querySelectorAll(".btn")[by < 0 ? 0 : 1];
    if (!step(bar, by)) way.click();
  });

  window.wenshu = window.wenshu || {};
  window.wenshu.beginPlaces = begin;
  document.addEventListener("DOMContentLoaded", () => begin(document));
})();
