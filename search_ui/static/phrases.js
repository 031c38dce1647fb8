// 常用意见: a phrase that is picked goes into the opinion, and is counted when the opinion is sent.
"use strict";
(function () {
  document.addEventListener("click", function (event) {
    const picked = event.target.closest("[data-phrase]");
    if (!picked) return;
    const form = picked.closest("form");
    const area = form.querySelector("textarea[name=opinion]");
    const before = area.value.slice(0, area.selectionStart);
    const after = area.value.slice(area.selectionEnd);
    const joint = before && !before.endsWith("\n") ? "\n" : "";
    const text = (before + joint + picked.textContent + after).slice(0, area.maxLength);
    area.value = text;
    const used = document.createElement("input");
    Object.assign(used, { type: "hidden", name: "phrase", value: picked.dataset.phrase });
    form.append(used);
    area.focus();
    area.setSelectionRange(text.length - after.length, text.length - after.length);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // Phrases that stand there already, with what was told of them, are not loaded again.
  document.addEventListener("htmx:beforeRequest", function (event) {
    const fold = event.target;
    if (fold.matches(".phrase-fold") && fold.querySelector(".phrase")) event.preventDefault();
  });

  // What was kept or refused is told where the phrases stand: it opens for that.
  document.addEventListener("htmx:afterRequest", function (event) {
    const keeper = event.target.closest("[data-phrase-keep]");
    if (keeper) keeper.parentElement.querySelector("details").open = true;
  });
})();
