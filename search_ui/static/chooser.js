// The dialog in which entries are chosen from a list with a search: units of the tree, papers one has
// handled. The page names its title, search, 【确定】 and 【取消】 at the button that opens it.
"use strict";
(function () {
  window.wenshu = window.wenshu || {};

  const made = (window.wenshu.made = function (name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  });

  // Shows `list`; `typed(text)` is called while one searches, `chosen()` after 【确定】.
  window.wenshu.chooser = function (opener, list, typed, chosen) {
    const box = made("dialog", "dialog");
    const form = made("form");
    const head = made("header", "dialog-head");
    head.append(made("h2", "", opener.dataset.title));
    const search = made("input", "form-control");
    search.type = "search";
    search.placeholder = opener.dataset.search;
    search.setAttribute("aria-label", opener.dataset.search);
    const body = made("div", "dialog-body");
    body.append(search, list);
    const foot = made("footer", "dialog-foot");
    const ok = made("button", "btn btn-primary", opener.dataset.ok);
    const cancel = made("button", "btn btn-quiet", opener.dataset.cancel);
    cancel.type = "button";
    foot.append(ok, cancel);
    form.append(head, body, foot);
    box.append(form);
    document.body.append(box);
    search.addEventListener("input", () => typed(search.value.trim()));
    search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    cancel.addEventListener("click", () => box.close());
    box.addEventListener("close", () => box.remove());
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      chosen();
      box.close();
    });
    box.showModal();
    search.focus();
  };
})();
