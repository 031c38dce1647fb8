// Files by drag and drop, sent one after the other, each with its own progress and outcome.
// Without this script the same form sends all of them at once.
"use strict";
(function () {
  const UNITS = ["B", "KB", "MB", "GB"];

  function size(bytes) {
    let value = bytes;
    let unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit += 1;
    }
    return (unit ? value.toFixed(1).replace(/\.0$/, "") : String(value)) + " " + UNITS[unit];
  }

  function names(drop) {
    const list = drop.querySelector("[data-chosen]");
    list.textContent = "";
    for (const file of drop.querySelector("input[type=file]").files) {
      const line = document.createElement("li");
      line.textContent = file.name + " · " + size(file.size);
      list.append(line);
    }
  }

  function dropZone(drop) {
    const input = drop.querySelector("input[type=file]");
    for (const name of ["dragenter", "dragover"]) {
      drop.addEventListener(name, () => drop.classList.add("drop-over"));
    }
    for (const name of ["dragleave", "drop"]) {
      drop.addEventListener(name, () => drop.classList.remove("drop-over"));
    }
    // The field covers the zone, so the browser puts dropped files into it by itself.
    input.addEventListener("change", () => names(drop));
  }

  function uploader(form) {
    const input = form.querySelector("input[type=file]");
    const list = form.querySelector("[data-upload-list]");
    const waiting = [];
    let busy = false;

    function row(file) {
      const line = form.querySelector("[data-upload-row]").content.firstElementChild.cloneNode(true);
      line.querySelector("[data-file-name]").textContent = file.name;
      line.querySelector("[data-file-facts]").textContent = size(file.size);
      list.append(line);
      return line;
    }

    function tell(line, tone, text) {
      const status = line.querySelector("[data-file-status]");
      status.className = "tag tag-" + tone;
      status.textContent = text;
    }

    function finish(line, answer, status) {
      const bar = line.querySelector("progress");
      if (bar) bar.remove();
      if (status === 401) return tell(line, "warning", form.dataset.expired);
      if (!answer || status >= 400) {
        return tell(line, "danger", (answer && answer.detail) || form.dataset.failed);
      }
      const name = line.querySelector("[data-file-name]");
      if (answer.href) {
        const link = document.createElement("a");
        link.className = "file-name";
        link.href = answer.href;
        link.textContent = name.textContent;
        name.replaceWith(link);
      }
      tell(line, answer.tone || "ok", answer.label || form.dataset.done);
      line.dataset.finished = "yes";
    }

    function send(file, line) {
      return new Promise(function (done) {
        const body = new FormData(form);
        body.delete(input.name);
        body.append(input.name, file);
        body.set("idempotency_key", line.dataset.key);
        const call = new XMLHttpRequest();
        call.open("POST", form.action);
        call.setRequestHeader("Accept", "application/json");
        call.upload.addEventListener("progress", function (event) {
          if (event.lengthComputable) line.querySelector("progress").value = (100 * event.loaded) / event.total;
        });
        call.addEventListener("loadend", function () {
          let answer = null;
          try {
            answer = JSON.parse(call.responseText);
          } catch (error) {
            // not JSON: a proxy's page or a broken line; the status tells enough
          }
          finish(line, call.status ? answer : null, call.status);
          done(call.status);
        });
        tell(line, "info", form.dataset.going);
        call.send(body);
      });
    }

    async function work() {
      if (busy) return;
      busy = true;
      while (waiting.length) {
        const status = await send(waiting[0].file, waiting[0].line);
        if (status === 401) break; // the rest waits for a new sign-in
        waiting.shift();
      }
      busy = false;
    }

    input.addEventListener("change", function () {
      for (const file of input.files) {
        const line = row(file);
        line.dataset.key = form.elements.idempotency_key.value + "-" + list.children.length;
        if (file.size > Number(form.dataset.limit)) {
          finish(line, { detail: form.dataset.tooBig }, 413);
        } else {
          tell(line, "neutral", form.dataset.waiting);
          waiting.push({ file: file, line: line });
        }
      }
      form.querySelector("[data-chosen]").textContent = "";
      input.value = "";
      input.required = false;
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      work();
    });
    window.addEventListener("beforeunload", function (event) {
      if (!busy) return;
      event.preventDefault();
      event.returnValue = "";
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    for (const drop of document.querySelectorAll("[data-drop]")) dropZone(drop);
    for (const form of document.querySelectorAll("form[data-upload]")) uploader(form);
  });
})();
