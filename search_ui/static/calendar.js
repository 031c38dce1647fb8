// A drag over free half hours of a day begins a booking from the first to the last of them.
// Without this script each free half hour is a link that begins one.
"use strict";
(function () {
  function week(box) {
    let first = null;
    let last = null;

    function slots(day) {
      return Array.from(day.querySelectorAll("a.slot"));
    }

    // The free half hours between both ends, as far as nothing that is taken lies between.
    function chosen() {
      const all = slots(first.parentElement);
      const from = Math.min(all.indexOf(first), all.indexOf(last));
      const to = Math.max(all.indexOf(first), all.indexOf(last));
      const found = all.slice(from, to + 1);
      const whole = found.every((slot, n) => !n || found[n - 1].dataset.ends === slot.dataset.begins);
      return whole ? found : [first];
    }

    function mark() {
      for (const slot of box.querySelectorAll(".slot-chosen")) slot.classList.remove("slot-chosen");
      if (first) for (const slot of chosen()) slot.classList.add("slot-chosen");
    }

    box.addEventListener("pointerdown", function (event) {
      const slot = event.target.closest("a.slot");
      if (!slot || event.button !== 0 || event.pointerType === "touch") return;
      event.preventDefault();
      first = last = slot;
      mark();
    });
    box.addEventListener("pointermove", function (event) {
      const slot = first && event.target.closest("a.slot");
      if (!slot || slot.parentElement !== first.parentElement || slot === last) return;
      last = slot;
      mark();
    });
    document.addEventListener("pointerup", function () {
      if (!first) return;
      const found = chosen();
      const begins = found[0].dataset.begins;
      const ends = found[found.length - 1].dataset.ends;
      const one = found.length === 1;
      const href = one ? found[0].href : null;
      first = last = null;
      if (href) return location.assign(href);
      const given = "&" + box.dataset.from + "=" + encodeURIComponent(begins) +
        "&" + box.dataset.to + "=" + encodeURIComponent(ends);
      location.assign(box.dataset.book + given);
    });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !first) return;
      first = last = null;
      mark();
    });
    box.addEventListener("click", function (event) {
      // What the pointer released is on its way already; the keyboard clicks without a pointer.
      if (event.target.closest("a.slot") && event.detail > 0 && event.pointerType !== "touch") event.preventDefault();
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    for (const box of document.querySelectorAll("[data-week][data-book]")) week(box);
  });
})();
