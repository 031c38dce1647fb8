// Light or dark before the first paint: the person's choice, else the system's.
"use strict";
(function () {
  const KEY = "wenshu-theme";
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return localStorage.getItem(KEY) || "auto";
    } catch (error) {
      return "auto"; // storage may be switched off by policy
    }
  }

  function show() {
    const choice = chosen();
    const theme = choice === "auto" ? (dark.matches ? "dark" : "light") : choice;
    document.documentElement.setAttribute("data-bs-theme", theme);
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
    }
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-theme-choice]");
    if (!button) return;
    try {
      localStorage.setItem(KEY, button.dataset.themeChoice);
    } catch (error) {
      document.documentElement.setAttribute("data-bs-theme", button.dataset.themeChoice);
      return;
    }
    show();
  });
  dark.addEventListener("change", show);
  document.addEventListener("DOMContentLoaded", show);
  show();
})();
