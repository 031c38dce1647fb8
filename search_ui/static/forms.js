// Forms that lose nothing: one sending at a time, a warning before leaving, and a draft in this tab
// that survives an expired session. A draft belongs to one person and dies with the sign-out.
"use strict";
(function () {
  const PREFIX = "wenshu-draft:";
  const SENT = "wenshu-sent";
  const SHORT = 5000; // of a longer text nobody counts characters until it gets near its end
  const changed = new Set();
  const login = () => document.body.dataset.login || "";
  const keyOf = (form) => PREFIX + login() + ":" + form.dataset.keep;
  const UNKEPT = new Set(["idempotency_key", "revision"]);

  function store(action) {
    try {
      return action(sessionStorage);
    } catch (error) {
      return null; // storage may be full or switched off; the form still works
    }
  }

  // What a picker shows of an entry; empty for all that is typed.
  function labelOf(form, name, value) {
    for (const input of form.querySelectorAll(".picker .pick input")) {
      if (input.name === name && input.value === value) return input.parentElement.textContent.trim();
    }
    return "";
  }

  function save(form) {
    const typed = Array.from(new FormData(form))
      .filter(([name, value]) => typeof value === "string" && !UNKEPT.has(name))
      .map(([name, value]) => [name, value, labelOf(form, name, value)]);
    store((place) => place.setItem(keyOf(form), JSON.stringify(typed)));
  }

  function restorePicks(form, typed) {
    let differs = false;
    for (const box of form.querySelectorAll(".picker")) {
      for (const [name, value, label] of typed) {
        if (name !== box.dataset.name || !label) continue;
        differs = window.wenshu.pick(box, { token: value, label: label }) || differs;
      }
    }
    return differs;
  }

  // Boxes and circles of fields that the draft knows.
  function restoreBoxes(form, typed) {
    let differs = false;
    const had = new Set(typed.map(([name, value]) => name + "\n" + value));
    for (const box of form.querySelectorAll(".option input, .form-check input[type=checkbox]")) {
      const ticked = had.has(box.name + "\n" + box.value);
      if (box.checked === ticked) continue;
      box.checked = ticked;
      differs = true;
    }
    return differs;
  }

  function restore(form) {
    const kept = store((place) => place.getItem(keyOf(form)));
    if (!kept) return false;
    const typed = JSON.parse(kept);
    let differs = restoreBoxes(form, typed);
    differs = restorePicks(form, typed) || differs;
    for (const [name, value] of typed) {
      const field = form.elements.namedItem(name);
      if (!field || field instanceof RadioNodeList || field.type === "checkbox") continue;
      if (field.type === "hidden" || field.type === "file" || field.value === value) continue;
      field.value = value;
      differs = true;
    }
    return differs;
  }

  function clear(all) {
    store(function (place) {
      const sent = place.getItem(SENT);
      for (const key of Object.keys(place)) {
        if (key.startsWith(PREFIX) && (all || key === sent)) place.removeItem(key);
      }
      place.removeItem(SENT);
    });
  }

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

  document.addEventListener("input", function (event) {
    const form = event.target.closest("form");
    if (event.target.matches("[data-counted]")) count(event.target);
    if (!form) return;
    if (form.dataset.warn) changed.add(form);
    if (form.dataset.keep) save(form);
  });

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) return event.preventDefault();
    if (form.hasAttribute("data-sign-out")) clear(true);
    if (form.method !== "post") return;
    if (form.dataset.sending) return event.preventDefault();
    form.dataset.sending = "yes";
    changed.delete(form);
    if (form.dataset.keep) store((place) => place.setItem(SENT, keyOf(form)));
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
    for (const form of document.forms) delete form.dataset.sending;
    for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  });

  document.addEventListener("DOMContentLoaded", function () {
    if (!login()) return; // the sign-in page: drafts wait
    const kept = Array.from(document.querySelectorAll("form[data-keep]"));
    const sent = store((place) => place.getItem(SENT));
    const here = kept.some((form) => keyOf(form) === sent);
    if (sent && !here) clear(false); // the page that follows a success does not hold the form
    for (const form of kept) {
      if (!restore(form)) continue;
      if (form.closest("dialog")) form.dataset.restored = "yes";
      else window.wenshu.toast("ok", document.body.dataset.restored);
    }
    for (const area of document.querySelectorAll("[data-counted]")) count(area);
  });
})();
