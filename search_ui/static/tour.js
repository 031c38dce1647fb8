// The tour of the interface: one step at a time, with a frame around what it is about (GT-10).
"use strict";
(function () {
  const tour = document.querySelector("[data-tour-steps]");
  if (!tour) return;
  const steps = Array.from(tour.querySelectorAll("[data-tour-step]"));
  const ways = tour.querySelector("[data-tour-ways]");
  let at = 0;

  function show() {
    steps.forEach((step, n) => { step.hidden = n !== at; });
    for (const framed of document.querySelectorAll(".tour-framed")) framed.classList.remove("tour-framed");
    const shown = document.querySelector('[data-tour="' + steps[at].dataset.tourStep + '"]');
    if (shown) shown.classList.add("tour-framed");
    ways.querySelector("[data-tour-at]").textContent = at + 1 + " / " + steps.length;
    ways.querySelector('[data-tour-go="-1"]').disabled = at === 0;
    ways.querySelector('[data-tour-go="1"]').disabled = at === steps.length - 1;
  }

  ways.hidden = false;
  ways.addEventListener("click", function (event) {
    const go = event.target.closest("[data-tour-go]");
    if (!go) return;
    at = Math.min(Math.max(at + Number(go.dataset.tourGo), 0), steps.length - 1);
    show();
  });
  show();
})();
