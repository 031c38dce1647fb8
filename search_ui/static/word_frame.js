// In the frame: draws the docx whose bytes the page around it hands in, and says how tall it became.
"use strict";
(function () {
  const OPTIONS = { useBase64URL: true, renderAltChunks: false, ignoreFonts: true, inWrapper: false };

  function tell(said) {
    parent.postMessage(said, "*"); // the page compares who speaks; nothing secret is said
  }

  // Pages are wider than the pane: they are made to fit.
  function fit() {
    const pages = Array.from(document.querySelectorAll("section.docx"));
    const widest = Math.max(1, ...pages.map((page) => page.scrollWidth));
    document.body.style.zoom = String(Math.min(1, innerWidth / widest));
    tell({ drawn: Math.ceil(document.documentElement.getBoundingClientRect().height) });
  }

  addEventListener("message", function (event) {
    if (event.source !== parent || !(event.data instanceof ArrayBuffer)) return;
    document.body.style.margin = "0";
    docx
      .renderAsync(event.data, document.body, document.head, OPTIONS)
      .then(fit)
      .catch(() => tell({ failed: true }));
  });
  addEventListener("resize", fit);
  addEventListener("load", () => tell({ ready: true }));
})();
