// Rows of a list that are chosen: all of the page at once, and how many it are.
"use strict";
(function () {
  function counted(form) {
    const boxes = Array.from(form.querySelectorAll("input[name=chosen]"));
    const chosen = boxes.filter((box) => box.checked).length;
    const all = form.querySelector("[data-choose-all]");
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    for (const button of form.querySelectorAll("[data-of-chosen]")) button.disabled = !chosen;
    const count = form.querySelector("[data-chosen-count]");
    count.textContent = chosen ? count.dataset.words.replace("#", String(chosen)) : "";
  }

  document.addEventListener("change", function (event) {
    const form = event.target.closest("[data-choosing]");
    if (!form) return;
    if (event.target.matches("[data-choose-all]")) {
      for (const box of form.querySelectorAll("input[name=chosen]")) box.checked = event.target.checked;
    }
    counted(form);
  });

  window.addEventListener("pageshow", function () {
    for (const form of document.querySelectorAll("[data-choosing]")) counted(form);
  });
})();
