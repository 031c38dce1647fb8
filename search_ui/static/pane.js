// A hit beside the others: walked to with the arrows, opened in the pane, its places stepped through.
"use strict";
(function () {
  const WAIT_MS = 150; // while one walks fast, hits that are passed are not asked for
  let timer = 0;
  let shown = "";
  let turns = 0; // while a page is asked for: in which direction

  const paneOf = () => {
    const pane = document.getElementById("pane");
    return pane && pane.offsetParent !== null ? pane : null;
  };

  // Through htmx, which gives up what was asked for before (hx-sync of the pane).
  function show(address) {
    const pane = paneOf();
    if (!pane || !address || address === shown) return;
    shown = address;
    window.htmx.ajax("GET", address, { source: pane, target: pane });
  }

  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.target.id !== "pane") return;
    event.target.scrollTop = 0;
    window.wenshu.beginPlaces(event.target);
  });

  for (const name of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(name, function (event) {
      turns = 0;
      if (event.target.id !== "pane") return;
      shown = ""; // the next one who asks for it asks again
      if (!event.detail.xhr || event.detail.xhr.status !== 404) return;
      event.preventDefault(); // it is told here
      tellGone(event.target, event.detail.pathInfo.requestPath);
    }, true);
  }

  // Deleted or closed since it was listed: nothing of it stays in sight, and one walks on from there.
  function tellGone(pane, address) {
    const path = (href) => new URL(href, location.href).pathname;
    const hits = Array.from(document.querySelectorAll("#results [data-hit]"));
    const found = hits.filter((hit) => path(hit.dataset.pane) === path(address));
    const before = hits[hits.indexOf(found[0]) - 1];
    for (const hit of found) takeOut(hit);
    if (before) before.classList.add("hit-at");
    pane.replaceChildren(document.getElementById("hit-gone").content.cloneNode(true));
    keep();
  }

  function takeOut(hit) {
    const family = hit.querySelector(".family");
    if (!family) return hit.remove();
    for (const part of Array.from(family.parentElement.children)) if (part !== family) part.remove();
    hit.removeAttribute("data-hit"); // others of its matter stand below it
  }

  function choose(hit, address) {
    for (const other of document.querySelectorAll(".hit-shown")) other.classList.remove("hit-shown");
    hit.classList.add("hit-shown");
    clearTimeout(timer);
    timer = setTimeout(() => show(address || hit.dataset.pane), WAIT_MS);
  }

  document.addEventListener("focusin", function (event) {
    const hit = event.target.closest("[data-hit]");
    if (hit) choose(hit, event.target.dataset.pane);
  });

  // Beside the hits a click shows; Enter, two clicks, or the pane itself opens.
  document.addEventListener("click", function (event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const link = event.target.closest("a");
    if (!link) return;
    const hit = link.closest(".results-split [data-hit]");
    if (link.closest("#pane") && link.pathname.startsWith("/search/pane/")) {
      event.preventDefault();
      show(link.getAttribute("href"));
    } else if (hit && paneOf() && event.detail > 0) {
      event.preventDefault();
      choose(hit, link.dataset.pane);
    }
  });

  document.addEventListener("dblclick", function (event) {
    const link = event.target.closest(".results-split [data-hit] a");
    if (link && paneOf()) location.assign(link.href);
  });

  document.addEventListener("click", async function (event) {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const text = button.dataset.copy + "\n" + new URL(button.dataset.copyLink, location.href);
    const told = document.body.dataset;
    // The address is short because what it means is kept: before somebody is given it.
    const kept = await fetch(button.dataset.copyKeep, { method: "POST" }).catch(() => ({}));
    if (!kept.ok) return window.wenshu.toast("danger", told.error);
    try {
      await navigator.clipboard.writeText(text);
    } catch (error) {
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy"); // a page without https has no clipboard
      field.remove();
      if (!done) return window.wenshu.toast("danger", told.notCopied);
    }
    window.wenshu.toast("ok", told.copied);
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    if (event.target.closest("[data-collect]") && event.detail.successful) {
      window.wenshu.toast("ok", document.body.dataset.collected);
    }
  });

  // Beside a pane the arrows lead on to the next page of hits, and back.
  window.wenshu.turnPage = function (step) {
    const way = paneOf() && document.querySelector('#results .pager [rel="' + (step > 0 ? "next" : "prev") + '"]');
    if (!way || turns) return;
    turns = step;
    way.click();
  };

  function first() {
    shown = "";
    const hits = document.querySelectorAll("#results [data-hit]");
    const hit = hits[turns < 0 ? hits.length - 1 : 0];
    if (hit && paneOf()) {
      hit.classList.add("hit-at", "hit-shown");
      show(hit.dataset.pane);
      if (turns) {
        hit.querySelector("a").focus({ preventScroll: true });
        hit.scrollIntoView({ block: "nearest" });
      }
    }
    turns = 0;
  }

  // The hits stand by, so that the page of one leads on to the next without going back.
  function keep() {
    const results = document.getElementById("results");
    if (!results) return;
    const hits = Array.from(results.querySelectorAll("[data-hit] .hit-link"), (link) => link.getAttribute("href"));
    const { hits: all, first, more } = results.dataset;
    const kept = { back: location.pathname + location.search, hits, all, first, more };
    sessionStorage.setItem("wenshu.hits", JSON.stringify(kept));
  }

  function walk() {
    const bar = document.querySelector("[data-walk]");
    const kept = bar && JSON.parse(sessionStorage.getItem("wenshu.hits") || "null");
    if (!kept) return;
    const path = (href) => new URL(href, location.href).pathname;
    const words = (href) => new URL(href, location.href).searchParams.get("q") || "";
    const at = kept.hits.findIndex((href) => path(href) === location.pathname && words(href) === words(location.href));
    if (at < 0) return;
    bar.hidden = false;
    bar.querySelector("[data-walk-back]").href = kept.back;
    const told = bar.querySelector("[data-walk-at]");
    told.textContent = told.dataset.walkAt.replace("{at}", Number(kept.first) + at).replace("{all}", kept.all);
    for (const [name, to] of [["previous", kept.hits[at - 1]], ["next", kept.hits[at + 1] || kept.more]]) {
      const link = bar.querySelector("[data-walk-" + name + "]");
      if (to) link.href = to;
      else link.hidden = true;
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    keep();
    walk();
    first();
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.target.id !== "results") return;
    keep();
    first();
  });
})();
