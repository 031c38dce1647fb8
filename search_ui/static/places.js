// Steps from place to place of the words in a preview, whatever it is: "第 3 / 12 处" (SS-03).
// Within what stands in the page it steps itself; beyond that the links lead on, as they do without it.
"use strict";
(function () {
  // Marks of one place together: on a drawn page a place over two lines has two boxes.
  function placesOf(preview) {
    const found = new Map();
    for (const mark of preview.querySelectorAll("[data-place]")) {
      if (!found.has(mark.dataset.place)) found.set(mark.dataset.place, []);
      found.get(mark.dataset.place).push(mark);
    }
    return Array.from(found.values());
  }

  function show(bar, places, at, scroll) {
    const words = bar.querySelector("[data-place-of]");
    const number = Math.min(Number(bar.dataset.before) + at + 1, Number(bar.dataset.all));
    bar.dataset.at = number;
    words.textContent = words.dataset.placeOf.replace("{at}", number);
    places.forEach((marks, n) => marks.forEach((mark) => mark.classList.toggle("mark-at", n === at)));
    if (scroll) places[at][0].scrollIntoView({ block: "center", inline: "nearest" });
    bar.closest(".preview").dispatchEvent(new CustomEvent("wenshu:place", { bubbles: true, detail: at }));
  }

  // Which of the places in the page is the current one; -1 where none is.
  function current(places) {
    return places.findIndex((marks) => marks[0].classList.contains("mark-at"));
  }

  function step(bar, by) {
    const places = placesOf(bar.closest(".preview"));
    const whole = Number(bar.dataset.here) === Number(bar.dataset.all);
    const at = current(places) + by;
    if (!places.length || (!whole && (at < 0 || at >= places.length))) return false;
    show(bar, places, (at + places.length) % places.length, true);
    return true;
  }

  function begin(root) {
    for (const bar of root.querySelectorAll("[data-places]")) {
      const places = placesOf(bar.closest(".preview"));
      const at = current(places);
      if (at >= 0) show(bar, places, at, location.hash === "#hit");
    }
  }

  document.addEventListener("click", function (event) {
    const bar = event.target.closest("[data-places]");
    const way = bar && event.target.closest("a.btn");
    if (!way || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const by = way === bar.querySelector("a.btn") ? -1 : 1;
    if (!step(bar, by)) {
      // The link leads on from where the page began; by now it is to lead out of what stands here.
      way.setAttribute("href", by < 0 ? bar.dataset.beforeHref : bar.dataset.afterHref);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }, true);

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const by = { n: 1, p: -1 }[event.key];
    const bar = by && document.querySelector("[data-places]");
    if (!bar || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    bar.querySelectorAll("a.btn")[by < 0 ? 0 : 1].click();
  });

  window.wenshu = window.wenshu || {};
  window.wenshu.beginPlaces = begin;
  document.addEventListener("DOMContentLoaded", () => {
    begin(document);
    for (const small of document.querySelectorAll(".page-strip [aria-current]")) {
      const strip = small.parentElement; // the page that is read in the middle of the small ones
      strip.scrollTop = small.offsetTop - (strip.clientHeight - small.offsetHeight) / 2;
      strip.scrollLeft = small.offsetLeft - (strip.clientWidth - small.offsetWidth) / 2;
    }
  });
})();
