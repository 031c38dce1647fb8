// Tabs of a form, and buttons that need its first page to be filled in before they go on (FW-01).
"use strict";
(function () {
  function show(form, id) {
    for (const panel of form.querySelectorAll("[data-tab]")) panel.hidden = panel.id !== id;
    for (const tab of form.querySelectorAll("[role=tab]")) {
      tab.setAttribute("aria-selected", String(tab.dataset.shows === id));
    }
  }

  // The first required field that is empty, shown and named by the browser; true where there is none.
  function complete(form, within) {
    for (const field of (within || form).querySelectorAll("input, select, textarea")) {
      if (field.type === "file" || field.checkValidity()) continue;
      const panel = field.closest("[data-tab]");
      if (panel && form.dataset.tabs !== undefined) show(form, panel.id);
      field.reportValidity();
      return false;
    }
    return true;
  }

  document.addEventListener("click", function (event) {
    const opener = event.target.closest("[data-shows], button[data-complete]");
    const form = opener && opener.closest("form");
    if (!form) return;
    const needs = opener.dataset.complete;
    const asked = needs === undefined || complete(form, needs && document.getElementById(needs));
    if (!asked) return event.preventDefault();
    if (opener.dataset.shows) show(form, opener.dataset.shows);
  });

  document.addEventListener("DOMContentLoaded", function () {
    for (const form of document.querySelectorAll("form[data-tabs]")) {
      const wrong = form.querySelector("[aria-invalid]");
      const first = (wrong && wrong.closest("[data-tab]")) || form.querySelector("[data-tab]");
      const named = location.hash && form.querySelector(location.hash + "[data-tab]");
      show(form, (named || first).id);
    }
  });
})();
