// 原样式: a docx drawn as it looks, in a frame that may do nothing but draw (word_frame.js).
"use strict";
(function () {
  const HIGHEST_PX = 400000;

  function close(preview, button) {
    preview.querySelector(".original").remove();
    preview.classList.remove("preview-original");
    button.setAttribute("aria-pressed", "false");
  }

  function open(preview, button) {
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
      frame.hidden = true;
      told.hidden = false;
      told.textContent = button.dataset.failed;
    };
    window.addEventListener("message", function heard(event) {
      if (!frame.isConnected) return window.removeEventListener("message", heard);
      if (event.source !== frame.contentWindow || !event.data) return;
      if (event.data.ready) {
        frame.hidden = false;
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
    });
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-original]");
    if (!button) return;
    const preview = button.closest(".preview");
    if (preview.querySelector(".original")) close(preview, button);
    else open(preview, button);
  });
})();
