// In the frame: draws the docx whose bytes the page around it hands in, and says how tall it became.
"use strict";
(function () {
  const OPTIONS = { useBase64URL: true, renderAltChunks: false, ignoreFonts: true, inWrapper: false, experimental: true };

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

  // The words of the page around, marked where they stand; a place may run over several runs.
  function mark(those) {
    for (const block of document.querySelectorAll("p")) {
      const nodes = [];
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) nodes.push(walker.currentNode);
      const found = placesIn(nodes.map((node) => node.data).join(""), those);
      let end = nodes.reduce((sum, node) => sum + node.data.length, 0);
      for (const node of nodes.reverse()) {
        const begin = end - node.data.length;
        for (const [from, to, place] of found) wrap(node, Math.max(from, begin) - begin, Math.min(to, end) - begin, place);
        end = begin;
      }
      places += found.length;
    }
  }

  // From the last to the first, so that cutting a text moves no place before it.
  function placesIn(text, those) {
    const found = [];
    for (let at = 0; at < text.length; ) {
      const word = those.find((each) => text.startsWith(each, at));
      if (word) found.push([at, at + word.length, places + found.length]);
      at += word ? word.length : 1;
    }
    return found.reverse();
  }

  function wrap(node, from, to, place) {
    if (from >= to) return;
    const range = document.createRange();
    const marked = document.createElement("mark");
    range.setStart(node, from);
    range.setEnd(node, to);
    marked.dataset.place = place;
    range.surroundContents(marked);
  }

  function show(at) {
    const shown = Math.min(at, places - 1);
    for (const each of document.querySelectorAll("mark")) {
      each.style.outline = Number(each.dataset.place) === shown ? "2px solid #c00" : "";
    }
    const first = document.querySelector(`mark[data-place="${shown}"]`);
    if (first) tell({ at: first.getBoundingClientRect().top });
  }

  let places = 0;
  let words = [];
  addEventListener("message", function (event) {
    if (event.source !== parent) return;
    if (typeof event.data.changes === "boolean") OPTIONS.renderChanges = event.data.changes;
    if (Array.isArray(event.data.words)) words = event.data.words.map(String).filter(Boolean).slice(0, 100);
    if (typeof event.data.show === "number") show(event.data.show);
    if (!(event.data instanceof ArrayBuffer)) return;
    document.body.style.margin = "0";
    wordMending
      .before(event.data)
      .then((mended) => docx.renderAsync(mended, document.body, document.head, OPTIONS))
      .then(wordMending.after)
      .then(() => mark(words))
      .then(fit)
      .catch(() => tell({ failed: true }));
  });
  addEventListener("resize", fit);
  addEventListener("load", () => tell({ ready: true }));
})();
