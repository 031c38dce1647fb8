// Drafts: what a form holds, kept in this tab until it was taken. A draft survives a reload, the way
// back, an error and an ended session; it belongs to one person and dies with the sign-out. Files a
// browser does not keep: their names are told, so that they are chosen again.
"use strict";
(function () {
  const PREFIX = "wenshu-draft:";
  const MADE = "wenshu-made:";
  const SENT = "wenshu-sent";
  const login = () => document.body.dataset.login || "";
  const keyOf = (form) => PREFIX + login() + ":" + form.dataset.keep;
  const UNKEPT = /^(idempotency_key|revision|grant_(to|right|until)|.*_add)$/;

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
      if (input.name === name && input.value === value) return input.closest("label").textContent.trim();
    }
    return "";
  }

  const grantRows = (form) => Array.from(form.querySelectorAll(".grants .picks tr"));
  const within = (row, name) => row.querySelector("[name=" + name + "]");

  function grantsOf(form) {
    return grantRows(form).map((row) => ({
      token: within(row, "grant_to").value,
      label: row.querySelector("span").textContent,
      right: within(row, "grant_right").value,
      until: within(row, "grant_until").value,
    }));
  }

  function filesOf(form) {
    const inputs = Array.from(form.querySelectorAll("input[type=file]"));
    return inputs.flatMap((input) => Array.from(input.files, (file) => file.name));
  }

  function save(form) {
    const typed = Array.from(new FormData(form))
      .filter(([name, value]) => typeof value === "string" && !UNKEPT.test(name))
      .map(([name, value]) => [name, value, labelOf(form, name, value)]);
    const revision = form.elements.revision ? form.elements.revision.value : "";
    const kept = { revision, typed, grants: grantsOf(form), files: filesOf(form) };
    store((place) => place.setItem(keyOf(form), JSON.stringify(kept)));
  }

  // Entries of a picker stand as they were: those taken away as well.
  function restorePicks(form, typed) {
    let differs = false;
    for (const box of form.querySelectorAll(".picker")) {
      const had = Array.from(box.querySelectorAll(".pick input:checked"), (input) => input.value);
      const wanted = typed
        .filter(([name, , label]) => name === box.dataset.name && label)
        .map(([, value, label]) => ({ token: value, label: label }));
      if (had.join("\n") === wanted.map((item) => item.token).join("\n")) continue;
      window.wenshu.repick(box, wanted);
      differs = true;
    }
    return differs;
  }

  function restoreGrants(form, grants) {
    const box = form.querySelector(".grants");
    if (!box || JSON.stringify(grantsOf(form)) === JSON.stringify(grants)) return false;
    for (const row of grantRows(form)) row.remove();
    for (const grant of grants) window.wenshu.pick(box, grant);
    grantRows(form).forEach(function (row, n) {
      within(row, "grant_right").value = grants[n].right;
      within(row, "grant_until").value = grants[n].until;
    });
    return true;
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

  const isTyped = (field) => !["hidden", "file", "checkbox", "radio"].includes(field.type) && field.name;

  // What was typed, field by field; several of one name, as in a table, in their order.
  function restoreTexts(form, typed) {
    let differs = false;
    const met = {};
    for (const [name, value] of typed) {
      const nth = (met[name] = (met[name] || 0) + 1) - 1;
      let fields = Array.from(form.elements).filter((field) => field.name === name && isTyped(field));
      const more = fields[0] && fields[0].closest("[data-rows]");
      if (more && fields.length <= nth) {
        more.querySelector("[data-add-row]").click();
        fields = Array.from(form.elements).filter((field) => field.name === name && isTyped(field));
      }
      if (!fields[nth] || fields[nth].value === value) continue;
      fields[nth].value = value;
      differs = true;
    }
    return differs;
  }

  function restore(form) {
    const kept = store((place) => JSON.parse(place.getItem(keyOf(form))));
    if (!kept) return false;
    const { revision, typed, grants = [], files = [] } = kept;
    const differs = [
      restoreBoxes(form, typed),
      restorePicks(form, typed),
      restoreGrants(form, grants),
      restoreTexts(form, typed),
    ].includes(true);
    // Values of the record, written on an older revision: the server says then what others changed
    // since. An opinion alone is of no revision.
    const ofRecord = !form.closest("dialog") || typed.some(([name]) => name.startsWith("field-"));
    if (differs && ofRecord && revision && form.elements.revision) form.elements.revision.value = revision;
    if (files.length) window.wenshu.note(form, document.body.dataset.chooseAgain.replace("#", files.join("、")));
    return differs || files.length > 0;
  }

  function clear(all) {
    store(function (place) {
      const sent = place.getItem(SENT);
      for (const key of Object.keys(place)) {
        const dies = all && (key.startsWith(PREFIX) || key.startsWith(MADE));
        if (dies || key === sent) place.removeItem(key);
      }
      place.removeItem(SENT);
    });
  }

  // A form for something new, by its entry in the history of this tab: once it was taken, the way back
  // leads to what it made, and not to a second one.
  function entryOf() {
    const state = history.state || {};
    if (!state.form) history.replaceState({ ...state, form: Date.now() + "-" + Math.random() }, "");
    return history.state.form;
  }

  const makes = (form) => form.dataset.keep && !form.elements.revision && !form.closest("dialog");

  // The page to which a form led that was taken: what it made, unless it is the form's own.
  function noteMade() {
    if (document.querySelector("form[data-again]")) return; // refused: its way goes on
    store(function (place) {
      const entries = JSON.parse(place.getItem(MADE)) || [];
      place.removeItem(MADE);
      const found = location.pathname.match(/^\/records\/[0-9A-HJKMNP-TV-Z]{26}/);
      if (!found || !("done" in document.body.dataset)) return;
      for (const entry of entries) place.setItem(MADE + entry, found[0]);
    });
  }

  function isMadeAlready() {
    const form = Array.from(document.querySelectorAll("form[data-keep]")).find(makes);
    const made = form && store((place) => place.getItem(MADE + entryOf()));
    if (!made) return false;
    store((place) => place.setItem("wenshu-told", document.body.dataset.made));
    location.replace(made);
    return true;
  }

  function tellOnce() {
    const told = store((place) => place.getItem("wenshu-told"));
    if (!told) return;
    store((place) => place.removeItem("wenshu-told"));
    window.wenshu.toast("ok", told);
  }

  window.wenshu = window.wenshu || {};
  // This page once more, with something to say there.
  window.wenshu.comeAgain = function (told) {
    if (told) store((place) => place.setItem("wenshu-told", told));
    location.reload();
  };
  window.wenshu.forgetDrafts = () => clear(true);
  window.wenshu.formSent = function (form) {
    if (!form.dataset.keep) return;
    save(form);
    store((place) => place.setItem(SENT, keyOf(form)));
    if (!makes(form)) return;
    store(function (place) {
      const entries = JSON.parse(place.getItem(MADE)) || [];
      place.setItem(MADE, JSON.stringify([...entries, entryOf()]));
    });
  };

  document.addEventListener("input", function (event) {
    const form = event.target.closest("form[data-keep]");
    if (form) save(form);
  });

  window.addEventListener("pageshow", (event) => event.persisted && isMadeAlready());

  document.addEventListener("DOMContentLoaded", function () {
    if (!login()) return; // the sign-in page: drafts wait
    tellOnce();
    noteMade();
    const kept = Array.from(document.querySelectorAll("form[data-keep]"));
    const sent = store((place) => place.getItem(SENT));
    const here = kept.some((form) => keyOf(form) === sent);
    if (sent && !here) clear(false); // the page that follows a success does not hold the form
    if (isMadeAlready()) return;
    for (const form of kept) {
      if ("again" in form.dataset) {
        save(form); // refused: the page holds what was typed, and what others changed meanwhile
        continue;
      }
      if (keyOf(form) === sent && "done" in document.body.dataset) {
        store((place) => place.removeItem(sent)); // it was taken, and stands open for more
        continue;
      }
      if (!restore(form)) continue;
      if (form.closest("dialog")) form.dataset.restored = "yes";
      else window.wenshu.toast("ok", document.body.dataset.restored);
    }
  });
})();
