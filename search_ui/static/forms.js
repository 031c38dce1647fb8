// Forms: one sending at a time, a warning before leaving, and how much was written.
"use strict";
(function () {
  const SHORT = 5000; // of a longer text nobody counts characters until it gets near its end
  const MOST_ROWS = 24;
  const UNSAVED = "● ";
  const changed = new Set();

  function count(area) {
    if (area.maxLength > SHORT && area.value.length < area.maxLength * 0.8) return;
    let shown = area.parentElement.querySelector(".field-count");
    if (!shown) {
      shown = document.createElement("span");
      shown.className = "field-count";
      area.after(shown);
    }
    shown.textContent = area.value.length + " / " + area.maxLength;
  }

  // As high as what is written in it, up to a page's worth; a box that nobody sees has no height.
  function grow(area) {
    while (area.rows < MOST_ROWS && area.scrollHeight > area.clientHeight && area.clientHeight) area.rows += 1;
  }

  // A question of the house, in its own dialog; the form is sent when it was answered with yes.
  function ask(form, submitter) {
    const box = document.getElementById("confirm").content.firstElementChild.cloneNode(true);
    box.querySelector("[data-question]").textContent = form.dataset.confirm;
    box.addEventListener("close", () => box.remove());
    box.querySelector("[data-yes]").addEventListener("click", function () {
      form.dataset.confirmed = "yes";
      box.close();
      form.requestSubmit(submitter);
    });
    document.body.append(box);
    box.showModal();
  }

  document.addEventListener("input", function (event) {
    const form = event.target.closest("form");
    if (event.target.matches("[data-counted]")) count(event.target);
    if (event.target.matches("textarea")) grow(event.target);
    if (form && form.dataset.warn) note(form);
  });

  // What is not saved yet shows in the title of the window, beside those of others.
  function note(form) {
    changed.add(form);
    if (!document.title.startsWith(UNSAVED)) document.title = UNSAVED + document.title;
  }

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.dataset.confirm && !form.dataset.confirmed) {
      event.preventDefault();
      return ask(form, event.submitter);
    }
    if (form.hasAttribute("data-sign-out")) window.wenshu.forgetDrafts();
    if (form.method !== "post") return;
    if (form.dataset.sending) return event.preventDefault();
    form.dataset.sending = "yes";
    changed.delete(form);
    window.wenshu.formSent(form);
    for (const button of form.querySelectorAll("button:not([type=button])")) {
      button.setAttribute("aria-busy", "true");
    }
  });

  window.addEventListener("beforeunload", function (event) {
    if (!changed.size) return;
    event.preventDefault();
    event.returnValue = "";
  });

  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return; // back in history: the form may be sent again
    for (const form of document.forms) {
      delete form.dataset.sending;
      delete form.dataset.confirmed;
    }
    for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  });

  document.addEventListener("DOMContentLoaded", function () {
    for (const area of document.querySelectorAll("[data-counted]")) count(area);
    for (const area of document.querySelectorAll("textarea")) grow(area);
  });
  document.addEventListener("focusin", function (event) {
    if (event.target.matches("textarea")) grow(event.target); // in a dialog, on another tab
  });
})();
