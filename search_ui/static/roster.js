// People and units chosen in an action: at the left those who can be, by tree, pinyin, lately chosen
// and groups; at the right those chosen, put in order by dragging or by arrows (FW-07, FW-13).
"use strict";
(function () {
  const WAIT_MS = 200; // after the last key, before names are asked for
  const made = window.wenshu.made;
  let dragged = null; // what is on its way: an entry of the left, or one of those chosen

  function asked(roster, parameters) {
    const address = new URL(roster.dataset.roster, location.href);
    for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
    return fetch(address, { headers: { Accept: "application/json" } }).then((answer) =>
      answer.ok ? answer.json() : Promise.reject(answer.status)
    );
  }

  class Roster {
    constructor(box) {
      this.box = box;
      this.picker = box.querySelector("[data-picker]");
      this.picks = box.querySelector(".picks");
      this.list = box.querySelector("[data-roster-list]");
      this.single = "single" in this.picker.dataset;
      this.waits = 0;
      this.turn = 0;
      this.offered = this.takeOver();
      this.listen();
    }

    start() {
      this.show(this.offered.length ? "offered" : "tree");
      this.changed();
    }

    // What stood there for a page without scripts.
    takeOver() {
      const plain = this.box.querySelector("[data-roster-plain]");
      const typed = this.picker.querySelector("input[type=text]");
      if (typed) typed.disabled = typed.hidden = true;
      for (const part of this.box.querySelectorAll("[data-roster-from], [data-roster-head]")) part.hidden = false;
      this.box.classList.add("roster-live");
      if (!plain) return [];
      const options = Array.from(plain.querySelectorAll("input"), (input) => ({
        token: input.value,
        label: input.parentElement.querySelector("span").firstChild.textContent.trim(),
        detail: (input.parentElement.querySelector("small") || { textContent: "" }).textContent,
      }));
      plain.remove();
      return options;
    }

    listen() {
      const search = this.box.querySelector("[data-roster-search]");
      search.addEventListener("input", () => {
        clearTimeout(this.waits);
        this.waits = setTimeout(() => this.find(search.value.trim()), WAIT_MS);
      });
      search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
      for (const button of this.box.querySelectorAll("[data-roster-view]")) {
        button.addEventListener("click", () => {
          search.value = "";
          this.show(button.dataset.rosterView);
        });
      }
      this.list.addEventListener("change", (event) => {
        event.stopPropagation(); // only what is chosen is kept as typed
        const row = event.target.closest(".roster-row");
        if (event.target.checked) this.add(row.item);
        else this.drop(row.item.token);
      });
      this.list.addEventListener("input", (event) => event.stopPropagation());
      this.picks.addEventListener("input", () => this.changed());
      new MutationObserver(() => this.changed()).observe(this.picks, { childList: true });
      this.picks.addEventListener("click", (event) => {
        const button = event.target.closest("[data-roster-move]");
        if (button) this.move(button.closest(".pick"), Number(button.dataset.rosterMove), button);
      });
      this.drags();
    }

    drags() {
      this.box.addEventListener("dragstart", (event) => {
        const row = event.target.closest(".roster-row, .roster-pick");
        if (!row) return;
        dragged = { roster: this, row };
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", row.textContent.trim());
      });
      this.box.addEventListener("dragend", () => {
        dragged = null;
        this.to().classList.remove("roster-over");
      });
      this.to().addEventListener("dragover", (event) => {
        if (!dragged || dragged.roster !== this) return;
        event.preventDefault();
        this.to().classList.add("roster-over");
        if (dragged.row.matches(".roster-pick")) this.picks.insertBefore(dragged.row, this.below(event.clientY));
      });
      this.to().addEventListener("dragleave", () => this.to().classList.remove("roster-over"));
      this.to().addEventListener("drop", (event) => {
        if (!dragged || dragged.roster !== this) return;
        event.preventDefault();
        const item = dragged.row.item;
        if (item && this.add(item)) {
          const pick = this.picks.lastElementChild;
          this.picks.insertBefore(pick, this.below(event.clientY, pick));
        }
        this.told();
      });
    }

    to() {
      return this.box.querySelector("[data-roster-to]");
    }

    // The entry above which something dropped at that height stands; null for the end.
    below(height, except) {
      for (const pick of this.picks.children) {
        if (pick === except || pick === (dragged && dragged.row)) continue;
        const place = pick.getBoundingClientRect();
        if (height < place.top + place.height / 2) return pick;
      }
      return null;
    }

    chosen() {
      return Array.from(this.picks.querySelectorAll("input"), (input) => input.value);
    }

    add(item) {
      return window.wenshu.pick(this.picker, item);
    }

    drop(token) {
      for (const input of this.picks.querySelectorAll("input")) {
        if (input.value === token) input.closest(".pick").remove();
      }
      this.told();
    }

    move(pick, by, button) {
      const next = by < 0 ? pick.previousElementSibling : pick.nextElementSibling;
      if (next) this.picks.insertBefore(pick, by < 0 ? next : next.nextElementSibling);
      this.told();
      if (button.disabled) button = pick.querySelector("[data-roster-move]:not(:disabled)");
      if (button) button.focus();
    }

    // The draft of the form is kept as it stands now.
    told() {
      this.picks.dispatchEvent(new Event("input", { bubbles: true }));
    }

    changed() {
      const tokens = new Set(this.chosen());
      this.box.querySelector("[data-roster-count]").textContent = String(tokens.size);
      this.box.querySelector("[data-roster-drop]").hidden = tokens.size > 0;
      for (const row of this.list.querySelectorAll(".roster-row")) {
        row.querySelector("input").checked = tokens.has(row.item.token);
      }
      for (const button of this.picks.querySelectorAll("[data-roster-move]")) {
        const pick = button.closest(".pick");
        const last = button.dataset.rosterMove === "-1" ? pick.previousElementSibling : pick.nextElementSibling;
        button.disabled = !last;
        button.setAttribute("aria-label", button.dataset.word + " " + pick.querySelector("span").textContent);
      }
    }

    row(item) {
      const row = made("label", "roster-row");
      row.item = item;
      row.draggable = true;
      const box = made("input", "form-check-input");
      box.type = this.single ? "radio" : "checkbox";
      const name = made("span", "", item.label);
      if (item.detail) name.append(made("small", "", item.detail));
      row.append(box, name);
      return row;
    }

    fill(nodes, none) {
      this.list.textContent = "";
      if (nodes.length) this.list.append(...nodes);
      else this.list.append(made("p", "quiet", none));
      this.changed();
    }

    // `draw` makes the entries of an answer; one that a later question has overtaken is dropped.
    load(parameters, draw, none) {
      const mine = (this.turn += 1);
      asked(this.box, parameters).then(
        (answer) => mine === this.turn && this.fill(draw(answer), none),
        () => mine === this.turn && window.wenshu.toast("danger", document.body.dataset.offline)
      );
    }

    show(view) {
      this.view = view;
      for (const button of this.box.querySelectorAll("[data-roster-view]")) {
        button.setAttribute("aria-pressed", String(button.dataset.rosterView === view));
      }
      this.box.querySelector("[data-roster-groups]").hidden = view !== "groups";
      const words = this.list.dataset;
      const rows = (items) => items.map((item) => this.row(item));
      if (view === "offered") {
        this.turn += 1;
        this.fill(rows(this.offered), words.none);
      } else if (this.isSeen()) {
        const draw = {
          tree: (answer) => answer.units.map((unit) => this.branch(unit)),
          recent: (answer) => rows(answer.items),
          groups: (answer) => answer.groups.map((group) => this.group(group)),
        }[view];
        const none = { tree: words.none, recent: words.emptyRecent, groups: words.emptyGroups }[view];
        this.load({ view }, draw, none);
      }
    }

    find(typed) {
      if (!typed) return this.show(this.view);
      this.load({ view: "found", q: typed }, (answer) => answer.items.map((item) => this.row(item)), this.list.dataset.none);
    }

    // Nothing is asked for dialogs that nobody opens.
    isSeen() {
      const dialog = this.box.closest("dialog");
      return !dialog || dialog.open;
    }

    group(group) {
      const fold = made("details", "roster-unit");
      fold.open = true;
      const head = made("summary", "", group.label);
      const all = made("button", "btn btn-quiet btn-sm", "+ " + group.items.length);
      all.type = "button";
      all.addEventListener("click", (event) => {
        event.preventDefault();
        for (const item of group.items) this.add(item);
      });
      if (!this.single) head.append(all);
      fold.append(head, ...group.items.map((item) => this.row(item)));
      return fold;
    }

    branch(unit) {
      const rows = unit.item ? [this.row(unit.item)] : [];
      if (unit.item && !unit.units.length) return rows[0];
      const fold = made("details", "roster-unit");
      fold.open = unit.open;
      fold.append(made("summary", "", unit.name), ...rows);
      if (unit.people) fold.append(...unit.people.map((item) => this.row(item)));
      fold.append(...unit.units.map((below) => this.branch(below)));
      if (unit.people === null) {
        fold.addEventListener("toggle", () => this.members(unit, fold), { once: true });
      }
      return fold;
    }

    members(unit, fold) {
      asked(this.box, { view: "unit", unit: unit.code }).then(
        (answer) => {
          fold.firstElementChild.after(...answer.items.map((item) => this.row(item)));
          this.changed();
        },
        () => window.wenshu.toast("danger", document.body.dataset.offline)
      );
    }
  }

  const rosters = Array.from(document.querySelectorAll("[data-roster]"), (box) => new Roster(box));

  document.addEventListener("DOMContentLoaded", () => rosters.forEach((roster) => roster.start()));

  // A dialog that opens now asks for what it shows.
  new MutationObserver(function (changes) {
    for (const { target } of changes) {
      if (!target.open) continue;
      for (const roster of rosters) {
        if (roster.view && target.contains(roster.box) && !roster.list.children.length) roster.show(roster.view);
      }
    }
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["open"] });
})();
