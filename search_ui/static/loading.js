// A bar at the head of the page while something takes longer than a moment: an answer in part, or the
// next page.
"use strict";
(function () {
  const WAIT_MS = 300;
  const LONGEST_MS = 30000; // a link may lead to a download, after which this page stands on
  let timer = 0;

  function show(shown) {
    const bar = document.getElementById("loading");
    if (bar) bar.hidden = !shown; // pages before the sign-in have none
  }

  function begin() {
    clearTimeout(timer);
    timer = setTimeout(function () {
      show(true);
      timer = setTimeout(end, LONGEST_MS);
    }, WAIT_MS);
  }

  function end() {
    clearTimeout(timer);
    show(false);
  }

  const isQuiet = (event) => event.detail.elt && event.detail.elt.closest("[data-quiet]") !== null;

  document.addEventListener("htmx:beforeRequest", (event) => isQuiet(event) || begin());
  document.addEventListener("htmx:afterRequest", (event) => isQuiet(event) || end());
  document.addEventListener("submit", (event) => event.defaultPrevented || begin());
  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const here = link.href.split("#")[0] === location.href.split("#")[0] && link.hash;
    if (link.target || link.hasAttribute("download") || link.origin !== location.origin || here) return;
    if (!link.hasAttribute("hx-get")) begin();
  });
  window.addEventListener("pageshow", end);
  window.addEventListener("pagehide", end);
})();
