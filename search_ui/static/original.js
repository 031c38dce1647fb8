// 原样式: a docx drawn as it looks, in a frame that may do nothing but draw (word_frame.js).
"use strict";
(function () {
  const HIGHEST_PX = 400000;
  const KEPT = "wenshu_original";
  const MOST_UNASKED_BYTES = 20 * 1024 * 1024;

  function close(preview, button) {
    preview.querySelector(".original").remove();
    preview.classList.remove("preview-original");
    button.setAttribute("aria-pressed", "false");
  }

  // What is marked in the text beside, place by place, each once; the longest first.
  function wordsOf(preview) {
    const places = new Map();
    for (const mark of preview.querySelectorAll("article mark")) {
      places.set(mark.dataset.place, (places.get(mark.dataset.place) || "") + mark.textContent);
    }
    return Array.from(new Set(places.values())).sort((one, other) => other.length - one.length);
  }

  // A step from place to place (places.js) goes on in the frame.
  document.addEventListener("wenshu:place", function (event) {
    const frame = event.target.querySelector(".original > iframe");
    if (frame && !frame.hidden) frame.contentWindow.postMessage({ show: event.detail }, "*");
  });

  // Who did not ask for it sees the text where it cannot be drawn.
  function open(preview, button, asked) {
    const place = document.createElement("div");
    const told = document.createElement("p");
    const frame = document.createElement("iframe");
    place.className = "original";
    told.className = "quiet";
    told.setAttribute("role", "status");
    told.textContent = button.dataset.waiting;
    frame.setAttribute("sandbox", "allow-scripts");
    frame.title = button.textContent.trim();
    frame.src = button.dataset.frame;
    frame.hidden = true;
    place.append(told, frame);
    preview.append(place);
    preview.classList.add("preview-original");
    button.setAttribute("aria-pressed", "true");
    const failed = () => {
      if (!asked) return place.isConnected && close(preview, button);
      frame.hidden = true;
      told.hidden = false;
      told.textContent = button.dataset.failed;
    };
    window.addEventListener("message", function heard(event) {
      if (!frame.isConnected) return window.removeEventListener("message", heard);
      if (event.source !== frame.contentWindow || !event.data) return;
      if (event.data.ready) {
        frame.hidden = false;
        frame.contentWindow.postMessage({ words: wordsOf(preview), changes: "changes" in button.dataset }, "*");
        fetch(button.dataset.original)
          .then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(answer.status)))
          .then((bytes) => frame.contentWindow.postMessage(bytes, "*", [bytes]))
          .catch(failed);
      }
      if (event.data.failed) failed();
      if (event.data.drawn) {
        told.hidden = true;
        frame.style.height = Math.min(HIGHEST_PX, Number(event.data.drawn) || 0) + "px";
      }
      if (typeof event.data.at === "number") {
        window.scrollTo({ top: window.scrollY + frame.getBoundingClientRect().top + event.data.at - window.innerHeight / 2 });
      }
    });
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-original]");
    if (!button) return;
    const preview = button.closest(".preview");
    const opened = preview.querySelector(".original");
    if (opened) close(preview, button);
    else open(preview, button, true);
    localStorage.setItem(KEPT, opened ? "" : "1");
  });

  // Who looked at the last one so sees the next one so; a large one, which keeps the page busy, when he asks.
  function asBefore() {
    const button = localStorage.getItem(KEPT) && document.querySelector(".preview:not(.preview-original) [data-original]");
    if (button && Number(button.dataset.bytes) <= MOST_UNASKED_BYTES) open(button.closest(".preview"), button, false);
  }
  document.addEventListener("DOMContentLoaded", asBefore);
  document.addEventListener("htmx:afterSettle", asBefore);
})();
