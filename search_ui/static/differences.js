// Whose value is kept of a field that somebody else changed too: the control shows what is sent, and
// typing into it again means one's own.
"use strict";
(function () {
  function controlsOf(ask) {
    const form = ask.closest("form");
    const named = (name) => Array.from(form.elements).filter((each) => each.name === name || each.name === name + "_add");
    return named(ask.dataset.difference);
  }

  function shown(ask) {
    const theirs = ask.querySelector("[value=theirs]").checked;
    for (const control of controlsOf(ask)) {
      const field = control.closest(".field");
      if (field) field.classList.toggle("field-set-aside", theirs);
    }
  }

  for (const ask of document.querySelectorAll("[data-difference]")) {
    ask.addEventListener("change", () => shown(ask));
    ask.closest("form").addEventListener("input", function (event) {
      if (!controlsOf(ask).includes(event.target)) return;
      ask.querySelector("[value=mine]").checked = true;
      shown(ask);
    });
    shown(ask);
  }
})();
