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

  // Something to know before going on, at the head of a form.
  window.wenshu.note = function (form, text) {
    const made = document.getElementById("note-warning").content.firstElementChild.cloneNode(true);
    made.querySelector(".note-text").textContent = text;
    (form.querySelector(".dialog-body") || form).prepend(made);
  };

  function closeMenus(except) {
    for (const menu of document.querySelectorAll("[data-menu][open]")) {
      if (menu !== except) menu.removeAttribute("open");
    }
  }

  function open(dialog) {
    dialog.removeAttribute("open"); // one that stands open without JavaScript
    dialog.showModal();
    const typed = dialog.querySelector("[data-roster-search]") || dialog.querySelector("[data-autofocus]");
    // On glass a field in focus calls up a keyboard that hides half the dialog.
    const glass = window.matchMedia("(pointer: coarse)").matches;
    const first = (!glass && typed) || dialog.querySelector(".btn-primary");
    if (first) first.focus({ preventScroll: true });
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

  // Ctrl+P on the page of a record prints what its button prints: the document, not the page around it.
  document.addEventListener("keydown", function (event) {
    const keys = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    const way = keys && event.key.toLowerCase() === "p" && document.querySelector("[data-print-way]");
    if (!way) return;
    event.preventDefault();
    way.click();
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    closeMenus(null);
    if (location.hash === "#rail") location.hash = "main";
  });

  // What a page asks for by itself fails without a word: it asks again.
  const isQuiet = (event) => event.detail.elt && event.detail.elt.closest("[data-quiet]") !== null;

  document.addEventListener("htmx:responseError", function (event) {
    if (isQuiet(event) || event.defaultPrevented) return;
    const status = event.detail.xhr.status;
    if (status === 401) location.reload(); // the server leads to the sign-in page and back
    else window.wenshu.toast("danger", document.body.dataset[status === 409 ? "conflict" : "error"]);
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, function (event) {
      if (!isQuiet(event)) window.wenshu.toast("danger", document.body.dataset.offline);
    });
  }

  function foldFacets() {
    for (const fold of document.querySelectorAll("[data-wide-open]")) {
      fold.open = !window.matchMedia("(max-width: " + (fold.dataset.wideOpen || 991) + "px)").matches;
    }
  }
  // What is asked now, by a chip or a guess, stands in the box too.
  function sayWhatIsAsked() {
    const asked = document.getElementById("results")?.dataset.query;
    if (asked === undefined) return;
    for (const box of document.querySelectorAll("[data-search]")) {
      if (box !== document.activeElement) box.value = asked;
    }
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
  // A picture that was refused because many were asked for at once is asked for again, by itself.
  async function had(picture) {
    for (let tries = 0; tries < 3; tries++) {
      if (tries) picture.src = picture.getAttribute("src");
      if (await picture.decode().then(() => true, () => false)) return;
    }
  }

  // 一键打印: once every picture is there, or cannot be had.
  async function printNow() {
    if (!document.querySelector("[data-print-now]")) return;
    for (const picture of document.querySelectorAll(".sheet-page, .handwriting")) await had(picture);
    window.print();
  }

  document.addEventListener("DOMContentLoaded", printNow);
  document.addEventListener("DOMContentLoaded", foldFacets);
  document.addEventListener("DOMContentLoaded", showMark);
  document.addEventListener("htmx:afterSettle", foldFacets);
  document.addEventListener("htmx:afterSettle", sayWhatIsAsked);
})();
