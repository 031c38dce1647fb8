// Small things of every page: dialogs, menus, toasts, printing, the facets of a narrow window.
"use strict";
(function () {
  const TOAST_MS = 8000;
  window.wenshu = window.wenshu || {};

  window.wenshu.toast = function (tone, text) {
    const made = document.getElementById("toast-" + tone).content.firstElementChild.cloneNode(true);
    made.querySelector("p").textContent = text;
    document.getElementById("toasts").append(made);
    setTimeout(() => made.remove(), TOAST_MS);
  };

  function closeMenus(except) {
    for (const menu of document.querySelectorAll("[data-menu][open]")) {
      if (menu !== except) menu.removeAttribute("open");
    }
  }

  function open(dialog) {
    dialog.removeAttribute("open"); // one that stands open without JavaScript
    dialog.showModal();
    const first = dialog.querySelector("[data-autofocus]") || dialog.querySelector(".btn-primary");
    if (first) first.focus();
  }

  document.addEventListener("click", function (event) {
    const opener = event.target.closest("[data-opens]");
    const closer = event.target.closest("[data-close]");
    closeMenus(event.target.closest("[data-menu]"));
    if (opener) {
      const dialog = document.getElementById(opener.dataset.opens);
      open(dialog);
      if (dialog.querySelector("[data-restored]")) window.wenshu.toast("ok", document.body.dataset.restored);
    } else if (closer) {
      const around = closer.closest("dialog, .toast-line");
      if (around.tagName === "DIALOG") around.close();
      else around.remove();
    } else if (event.target.closest("[data-print]")) {
      window.print();
    } else if (event.target.tagName === "DIALOG") {
      event.target.close(); // a click on the shade
    }
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    closeMenus(null);
    if (location.hash === "#rail") location.hash = "main";
  });

  document.addEventListener("htmx:responseError", function (event) {
    const status = event.detail.xhr.status;
    if (status === 401) location.reload(); // the server leads to the sign-in page and back
    else window.wenshu.toast("danger", document.body.dataset[status === 409 ? "conflict" : "error"]);
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => window.wenshu.toast("danger", document.body.dataset.offline));
  }

  function foldFacets() {
    const narrow = window.matchMedia("(max-width: 991px)").matches;
    for (const fold of document.querySelectorAll("[data-wide-open]")) fold.open = !narrow;
  }
  // The first mark of a preview, when it lies outside of what is seen: the head stays if it can.
  function showMark() {
    const mark = document.querySelector("#preview #hit, .sheet-marks rect");
    if (!mark) return;
    const place = mark.getBoundingClientRect();
    const holder = mark.closest(".preview-plain, .grid-holder");
    const bottom = holder ? holder.getBoundingClientRect().bottom : window.innerHeight;
    if (place.bottom > Math.min(bottom, window.innerHeight) - 24) mark.scrollIntoView({ block: "center" });
  }

  document.addEventListener("DOMContentLoaded", function () {
    const again = document.querySelector("dialog[data-reopened]");
    if (again) open(again);
  });
  document.addEventListener("DOMContentLoaded", foldFacets);
  document.addEventListener("DOMContentLoaded", showMark);
  document.addEventListener("htmx:afterSettle", foldFacets);
})();
