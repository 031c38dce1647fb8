// Choosing units, roles and people: suggestions while typing, each choice a ticked box or a row.
"use strict";
(function () {
  let made = 0;

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
    picks.append(copy);
    value.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  window.wenshu = window.wenshu || {};
  window.wenshu.pick = add;

  function start(box) {
    const input = box.querySelector("input[type=text]");
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
        input.focus();
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
