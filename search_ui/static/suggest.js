// A list under a field that completes what is typed (ARIA combobox). Used by the search box and,
// through window.wenshu.complete, by the picker of units and people.
"use strict";
(function () {
  const DELAY_MS = 120;
  window.wenshu = window.wenshu || {};

  // `load(text)` promises items {label, detail}; `take(item)` is called for the one chosen. Where
  // `unknown(text)` is given, Enter never sends the form: it takes the one item there is, or tells.
  window.wenshu.complete = function (input, list, load, take, unknown) {
    let items = [];
    let at = -1;
    let asked = 0;
    let timer = 0;

    function close() {
      asked += 1;
      items = [];
      at = -1;
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function point(to) {
      at = to;
      Array.from(list.children).forEach(function (line, n) {
        line.setAttribute("aria-selected", String(n === at));
      });
      if (at < 0) input.removeAttribute("aria-activedescendant");
      else input.setAttribute("aria-activedescendant", list.children[at].id);
    }

    function show(found) {
      items = found;
      list.textContent = "";
      items.forEach(function (item, n) {
        const line = document.createElement("li");
        line.id = list.id + "-" + n;
        line.setAttribute("role", "option");
        line.textContent = item.label;
        if (item.detail) {
          const detail = document.createElement("small");
          detail.textContent = item.detail;
          line.append(detail);
        }
        line.addEventListener("mousedown", function (event) {
          event.preventDefault();
          close();
          take(item);
        });
        list.append(line);
      });
      list.hidden = !items.length;
      input.setAttribute("aria-expanded", String(!!items.length));
      point(-1);
    }

    async function ask() {
      const mine = (asked += 1);
      const text = input.value.trim();
      if (!text && !input.closest("[data-suggest]")) return close();
      const found = await load(text).catch(() => []);
      if (mine === asked && document.activeElement === input) show(found);
    }

    input.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(ask, DELAY_MS);
    });
    // The search box offers one's own searches before anything is typed.
    if (input.closest("[data-suggest]")) {
      input.addEventListener("focus", () => input.value.trim() || input.autofocus || ask());
    }
    input.addEventListener("blur", close);
    input.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && items.length) {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        point(((at + 1 + step + items.length + 1) % (items.length + 1)) - 1);
      } else if (event.key === "Enter" && at >= 0) {
        event.preventDefault();
        const item = items[at];
        close();
        take(item);
      } else if (event.key === "Enter" && unknown) {
        event.preventDefault();
        if (input.value.trim()) decide(input.value.trim());
      }
    });

    async function decide(text) {
      clearTimeout(timer);
      asked += 1;
      const found = await load(text).catch(() => []);
      const exact = found.filter((item) => item.label === text);
      const one = exact.length === 1 ? exact[0] : found.length === 1 ? found[0] : null;
      if (one) {
        close();
        take(one);
      } else if (found.length) show(found);
      else unknown(text);
    }
  };

  window.wenshu.fetchItems = async function (address, text) {
    const answer = await fetch(address + "?q=" + encodeURIComponent(text), {
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    });
    return answer.ok ? (await answer.json()).items : [];
  };

  document.addEventListener("DOMContentLoaded", function () {
    for (const form of document.querySelectorAll("[data-suggest]")) {
      window.wenshu.complete(
        form.querySelector("[data-search]"),
        form.querySelector(".suggestions"),
        (text) => window.wenshu.fetchItems(form.dataset.suggest, text),
        (item) => location.assign(item.href)
      );
    }
  });
})();
