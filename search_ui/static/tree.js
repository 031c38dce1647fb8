// Units picked from their tree: into a picker as entries, into a text as names (FW-04, FW-05).
"use strict";
(function () {
  let asked = null; // the tree, fetched once a page

  function fetched() {
    asked = asked || fetch("/people/tree", { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .catch(function (error) {
        asked = null;
        throw error;
      });
    return asked;
  }

  const made = window.wenshu.made;

  function branch(units, single, chosen) {
    const list = made("ul", "unit-tree");
    for (const unit of units) {
      const line = made("li");
      const label = made("label");
      const box = made("input");
      box.type = single ? "radio" : "checkbox";
      box.name = "unit-of-tree";
      box.value = unit.code;
      box.dataset.label = unit.label;
      box.checked = chosen.has(unit.code) || chosen.has(unit.label);
      label.append(box, made("span", "", unit.name));
      line.append(label);
      if (unit.units.length) line.append(branch(unit.units, single, chosen));
      list.append(line);
    }
    return list;
  }

  // Lines whose unit, or one below it, holds what was typed.
  function narrow(list, typed) {
    let any = false;
    for (const line of list.children) {
      const below = line.querySelector(":scope > ul");
      const own = line.querySelector("input").dataset.label.includes(typed);
      const inner = below ? narrow(below, own ? "" : typed) : false;
      line.hidden = !(own || inner);
      any = any || own || inner;
    }
    return any;
  }

  function intoText(field, items, known) {
    const typed = field.value.split(/[，、；;\n]/).map((each) => each.trim()).filter((each) => each && !known.has(each));
    field.value = [...typed, ...items.map((item) => item.label)].join("，");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function names(units) {
    return units.flatMap((unit) => [unit.label, ...names(unit.units)]);
  }

  function open(opener) {
    const field = document.getElementById(opener.dataset.tree);
    const box = field.closest("[data-picker]");
    fetched().then(
      function (answer) {
        const chosen = box
          ? new Set(Array.from(box.querySelectorAll(".pick input"), (input) => input.value))
          : new Set(field.value.split(/[，、；;\n]/).map((each) => each.trim()));
        const known = new Set(names(answer.units));
        const list = branch(answer.units, opener.dataset.treeSingle !== undefined, chosen);
        const ticked = () => Array.from(list.querySelectorAll("input:checked"), (input) => ({ token: input.value, label: input.dataset.label }));
        window.wenshu.chooser(
          opener,
          list,
          (typed) => narrow(list, typed),
          () => (box ? window.wenshu.repick(box, ticked()) : intoText(field, ticked(), known))
        );
      },
      () => window.wenshu.toast("danger", document.body.dataset.offline)
    );
  }

  document.addEventListener("click", function (event) {
    const opener = event.target.closest("[data-tree]");
    if (opener) open(opener);
  });
  document.addEventListener("dblclick", function (event) {
    const around = event.target.closest(".with-tree");
    const opener = around && event.target.matches("input") && around.querySelector("[data-tree]");
    if (opener) open(opener);
  });
})();
