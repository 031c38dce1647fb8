// Bars of hits over time: a drag, or Shift with the arrows, joins several to one range (SS-04).
"use strict";
(function () {
  let begun = null; // the bar where a drag, or a range by keys, began
  let dragged = false;

  const barsOf = (bar) => Array.from(bar.parentElement.querySelectorAll(".time-bar"));

  function between(one, other) {
    const bars = barsOf(one);
    const [first, last] = [bars.indexOf(one), bars.indexOf(other)].sort((a, b) => a - b);
    return bars.slice(first, last + 1);
  }

  function show(one, other) {
    const taken = between(one, other);
    for (const bar of barsOf(one)) bar.classList.toggle("time-in", taken.includes(bar));
    const told = one.closest("section").querySelector("[data-bars-told]");
    const ends = [taken[0].dataset.label, taken[taken.length - 1].dataset.label];
    told.textContent = ends[0] === ends[1] ? ends[0] : ends.join(" – ");
  }

  function go(one, other) {
    const taken = between(one, other);
    const address = new URL(one.parentElement.dataset.bars, location.href);
    address.searchParams.set("from", taken[0].dataset.first);
    address.searchParams.set("to", taken[taken.length - 1].dataset.last);
    location.assign(address);
  }

  function barAt(event) {
    const found = document.elementFromPoint(event.clientX, event.clientY);
    return found && found.closest(".time-bar");
  }

  document.addEventListener("pointerdown", function (event) {
    const bar = event.target.closest(".time-bar");
    if (!bar || event.button !== 0) return;
    begun = bar;
    dragged = false;
  });

  document.addEventListener("pointermove", function (event) {
    if (!begun || !event.buttons) return;
    const bar = barAt(event);
    if (!bar || bar.parentElement !== begun.parentElement) return;
    dragged = dragged || bar !== begun;
    if (dragged) show(begun, bar);
    begun.over = bar;
  });

  document.addEventListener("pointerup", function () {
    const from = begun;
    begun = null;
    if (from && dragged) go(from, from.over || from);
  });

  document.addEventListener("click", function (event) {
    if (!dragged || !event.target.closest(".time-bar")) return;
    event.preventDefault(); // the end of a drag is no click
    event.stopPropagation();
    dragged = false;
  }, true);

  document.addEventListener("keydown", function (event) {
    const bar = event.target.closest && event.target.closest(".time-bar");
    if (!bar) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const bars = barsOf(bar);
    if (step) {
      event.preventDefault();
      const next = bars[Math.min(Math.max(bars.indexOf(bar) + step, 0), bars.length - 1)];
      if (event.shiftKey) {
        const from = bar.parentElement.from || bar;
        bar.parentElement.from = from;
        show(from, next);
      } else {
        bar.parentElement.from = null;
        show(next, next);
      }
      next.focus();
    } else if (event.key === "Enter" && bar.parentElement.from) {
      event.preventDefault();
      go(bar.parentElement.from, bar);
    }
  });
})();
