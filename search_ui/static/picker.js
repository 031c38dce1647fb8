// Choosing units, roles and people: suggestions while typing, each choice a ticked box or a row.
"use strict";
(function () {
  let made = 0;

  const ICONS = { unit: "sitemap", person: "user", everyone: "world" };

  // The picture of what was chosen: a unit, a person, a role.
  function draw(use, token) {
    const file = use.getAttribute("href").split("#")[0];
    use.setAttribute("href", file + "#" + (ICONS[token.split(":")[0]] || "users"));
  }

  // What was typed and fits nobody, told under the field until one types on.
  function unknown(input, text) {
    const told = document.createElement("p");
    told.className = "field-error";
    told.dataset.unknown = "";
    told.setAttribute("role", "alert");
    told.textContent = document.body.dataset.unknown.replace("#", text);
    input.after(told);
    input.setAttribute("aria-invalid", "true");
    input.addEventListener("input", function () {
      told.remove();
      input.removeAttribute("aria-invalid");
    }, { once: true });
  }

  // Whether the entry was not chosen before.
  function add(box, item) {
    const picks = box.querySelector(".picks");
    const chosen = Array.from(picks.querySelectorAll("input")).map((input) => input.value);
    if (chosen.includes(item.token)) return false;
    if ("single" in box.dataset) picks.textContent = "";
    const copy = box.querySelector("template").content.cloneNode(true);
    const value = copy.querySelector("input[type=checkbox], input[type=hidden]");
    value.value = item.token;
    copy.querySelector("span").textContent = item.label;
    if (box.matches(".grants")) draw(copy.querySelector("use"), item.token);
    picks.append(copy);
    value.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  window.wenshu = window.wenshu || {};
  window.wenshu.pick = add;
  // What a dialog chose, in place of all that was chosen before.
  window.wenshu.repick = function (box, items) {
    const wanted = new Set(items.map((item) => item.token));
    for (const pick of box.querySelectorAll(".pick input")) {
      if (!wanted.has(pick.value)) pick.closest(".pick").remove();
    }
    for (const item of items) add(box, item);
  };

  function start(box) {
    const input = box.querySelector("input[type=text]");
    if (!input) return; // chosen from what stands beside it (roster)
    const list = document.createElement("ul");
    list.className = "suggestions";
    list.id = "picker-" + (made += 1);
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.placeholder);
    input.after(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    window.wenshu.complete(
      input,
      list,
      (text) => window.wenshu.fetchItems(box.dataset.address, text),
      function (item) {
        add(box, item);
        input.value = "";
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.focus();
      },
      function (text) {
        if (!box.querySelector("[data-unknown]")) unknown(input, text);
      }
    );
  }

  document.addEventListener("change", function (event) {
    const pick = event.target.closest(".pick");
    if (pick && !event.target.checked) pick.remove();
  });

  document.addEventListener("DOMContentLoaded", function () {
    for (const box of document.querySelectorAll("[data-picker]")) start(box);
  });
})();
