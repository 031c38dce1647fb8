// Light or dark and the size of letters before the first paint: the person's choice, else the system's.
"use strict";
(function () {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const CHOICES = {
    theme: {
      key: "wenshu-theme",
      standing: "auto",
      show: (choice) => root.setAttribute("data-bs-theme", choice === "auto" ? (dark.matches ? "dark" : "light") : choice),
    },
    size: {
      key: "wenshu-size",
      standing: "normal",
      show: (choice) => root.setAttribute("data-size", choice),
    },
  };

  function chosen(name) {
    try {
      return localStorage.getItem(CHOICES[name].key) || CHOICES[name].standing;
    } catch (error) {
      return CHOICES[name].standing; // storage may be switched off by policy
    }
  }

  function show(name, choice) {
    CHOICES[name].show(choice);
    for (const button of document.querySelectorAll("[data-" + name + "-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset[name + "Choice"] === choice));
    }
  }

  const showAll = () => Object.keys(CHOICES).forEach((name) => show(name, chosen(name)));

  document.addEventListener("click", function (event) {
    for (const name of Object.keys(CHOICES)) {
      const button = event.target.closest("[data-" + name + "-choice]");
      if (!button) continue;
      const choice = button.dataset[name + "Choice"];
      try {
        localStorage.setItem(CHOICES[name].key, choice);
      } catch (error) {
        // it holds for this page
      }
      show(name, choice);
    }
  });
  window.addEventListener("storage", showAll);
  dark.addEventListener("change", showAll);
  document.addEventListener("DOMContentLoaded", showAll);
  showAll();
})();
