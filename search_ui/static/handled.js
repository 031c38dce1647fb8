// 【查询关联】: what one has handled, under its headings, picked into a field (FW-06).
"use strict";
(function () {
  const WAIT_MS = 250; // after the last key, before the list is asked for again
  const made = window.wenshu.made;

  function line(item, single, chosen) {
    const label = made("label", "option");
    const box = made("input", "form-check-input");
    box.type = single ? "radio" : "checkbox";
    box.name = "handled";
    box.checked = chosen.has(item.token);
    box.addEventListener("change", function () {
      if (single) chosen.clear();
      if (box.checked) chosen.set(item.token, item.label);
      else chosen.delete(item.token);
    });
    const told = made("span", "", item.label);
    if (item.detail) told.append(made("small", "", item.detail));
    label.append(box, told);
    return label;
  }

  function open(opener) {
    const box = document.getElementById(opener.dataset.for).closest("[data-picker]");
    const single = "single" in box.dataset;
    const list = made("div", "handled-list");
    // What is ticked, whether the list shows it now or not.
    const chosen = new Map(
      Array.from(box.querySelectorAll(".pick"), (pick) => [pick.querySelector("input").value, pick.textContent.trim()])
    );
    let asked = 0;
    let waits = 0;

    function fill(groups) {
      list.textContent = "";
      for (const group of groups) {
        list.append(made("h3", "handled-head", group.label));
        if (!group.items.length) list.append(made("p", "quiet", opener.dataset.none));
        for (const item of group.items) list.append(line(item, single, chosen));
      }
    }

    function ask(typed) {
      const mine = (asked += 1); // an answer that a later question has overtaken is dropped
      fetch(opener.dataset.handled + "?q=" + encodeURIComponent(typed), { headers: { Accept: "application/json" } })
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
        .then((answer) => mine === asked && fill(answer.groups))
        .catch(() => window.wenshu.toast("danger", document.body.dataset.offline));
    }

    function typed(text) {
      clearTimeout(waits);
      waits = setTimeout(() => ask(text), WAIT_MS);
    }

    window.wenshu.chooser(opener, list, typed, () =>
      window.wenshu.repick(box, Array.from(chosen, ([token, label]) => ({ token, label })))
    );
    ask("");
  }

  document.addEventListener("click", function (event) {
    const opener = event.target.closest("[data-handled]");
    if (opener) open(opener);
  });
})();
