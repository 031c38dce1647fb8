// Files by drag and drop, sent one after the other, each with its own progress and outcome. One that
// failed can be sent again or taken away; where a name is taken, what to do is asked. Without this
// script the same form sends all of them at once.
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

  class Uploader {
    constructor(form) {
      this.form = form;
      this.input = form.querySelector("input[type=file]");
      this.list = form.querySelector("[data-upload-list]");
      this.sum = form.querySelector("[data-upload-sum]");
      this.entries = []; // {file, line, key, same, state: waiting going failed asks done}
      this.made = 0;
      this.busy = false;
    }

    add(files) {
      for (const file of files) {
        const line = this.form.querySelector("[data-upload-row]").content.firstElementChild.cloneNode(true);
        line.querySelector("[data-file-name]").textContent = file.name;
        line.querySelector("[data-file-facts]").textContent = size(file.size);
        this.list.append(line);
        this.made += 1;
        const key = this.form.elements.idempotency_key.value + "-" + this.made;
        const entry = { file, line, key, same: "", state: "waiting" };
        this.entries.push(entry);
        line.addEventListener("click", (event) => this.clicked(entry, event.target.closest("button")));
        if (file.size > Number(this.form.dataset.limit)) this.fail(entry, this.form.dataset.tooBig, false);
        else this.show(entry, "waiting", "neutral", this.form.dataset.waiting);
      }
      this.sum.hidden = true;
    }

    show(entry, state, tone, text) {
      entry.state = state;
      const status = entry.line.querySelector("[data-file-status]");
      status.className = "tag tag-" + tone;
      status.textContent = text;
      const bar = entry.line.querySelector("progress");
      bar.hidden = state !== "waiting" && state !== "going";
      for (const button of entry.line.querySelectorAll("[data-same]")) button.hidden = state !== "asks";
      entry.line.querySelector("[data-file-again]").hidden = !(state === "failed" && entry.again);
      entry.line.querySelector("[data-file-drop]").hidden = state !== "failed" && state !== "waiting";
    }

    fail(entry, text, again) {
      entry.again = again;
      this.show(entry, "failed", "danger", text);
    }

    clicked(entry, button) {
      if (!button) return;
      if (button.dataset.same === "skip") this.show(entry, "done", "neutral", this.form.dataset.skipped);
      else if (button.dataset.same || "fileAgain" in button.dataset) {
        entry.same = button.dataset.same || entry.same;
        this.show(entry, "waiting", "neutral", this.form.dataset.waiting);
        this.work();
        return;
      } else if ("fileDrop" in button.dataset) {
        this.entries.splice(this.entries.indexOf(entry), 1);
        entry.line.remove();
      }
      this.finished();
    }

    told(entry, answer, status) {
      if (status === 401) return this.fail(entry, this.form.dataset.expired, true);
      if (!status) return this.fail(entry, this.form.dataset.offline, true);
      if (answer && answer.same) return this.show(entry, "asks", "warning", answer.label);
      if (!answer || status >= 400) {
        return this.fail(entry, (answer && answer.detail) || this.form.dataset.failed, status >= 429 || status === 408);
      }
      const name = entry.line.querySelector("[data-file-name]");
      if (answer.href && name) {
        const link = document.createElement("a");
        link.className = "file-name file-link";
        link.href = answer.href;
        link.textContent = name.textContent;
        name.replaceWith(link);
      }
      const more = entry.line.querySelector("[data-file-edit]");
      if (answer.edit) more.href = answer.edit;
      more.hidden = !answer.edit;
      entry.came = Boolean(answer.href);
      this.show(entry, "done", answer.tone || "ok", answer.label || this.form.dataset.done);
    }

    send(entry) {
      const body = new FormData(this.form);
      body.delete(this.input.name);
      body.append(this.input.name, entry.file);
      body.set("idempotency_key", entry.key);
      if (entry.same) body.set("same", entry.same);
      return new Promise((done) => {
        const call = new XMLHttpRequest();
        call.open("POST", this.form.action);
        call.setRequestHeader("Accept", "application/json");
        call.upload.addEventListener("progress", function (event) {
          if (event.lengthComputable) entry.line.querySelector("progress").value = (100 * event.loaded) / event.total;
        });
        call.addEventListener("loadend", () => {
          let answer = null;
          try {
            answer = JSON.parse(call.responseText);
          } catch (error) {
            // not JSON: a proxy's page or a broken line; the status tells enough
          }
          this.told(entry, answer, call.status);
          done(call.status);
        });
        this.show(entry, "going", "info", this.form.dataset.going);
        call.send(body);
      });
    }

    async work() {
      if (this.busy) return;
      this.busy = true;
      let next = null;
      while ((next = this.entries.find((entry) => entry.state === "waiting"))) {
        const status = await this.send(next);
        if (status === 401) break; // the rest waits for a new sign-in
      }
      this.busy = false;
      this.finished();
    }

    // Once nothing is on its way: how many came in, and how many did not.
    finished() {
      const came = this.entries.filter((entry) => entry.came).length;
      const open = this.entries.filter((entry) => entry.state !== "done").length;
      if (this.busy || !this.entries.length) {
        this.sum.hidden = !this.entries.length;
        return;
      }
      const words = open ? this.form.dataset.sum : this.form.dataset.sumDone;
      this.sum.querySelector("span").textContent = words.replace("#1", String(came)).replace("#2", String(open));
      this.sum.hidden = false;
      if ("atOnce" in this.form.dataset && !open) window.wenshu.comeAgain(came ? this.form.dataset.allDone : "");
    }

    clear() {
      for (const entry of this.entries.filter((each) => each.state === "done")) entry.line.remove();
      this.entries = this.entries.filter((entry) => entry.state !== "done");
      this.sum.hidden = true;
    }

    start() {
      this.input.addEventListener("change", () => {
        this.add(this.input.files);
        const chosen = this.form.querySelector("[data-chosen]");
        if (chosen) chosen.textContent = "";
        this.input.value = "";
        this.input.required = false;
      });
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.work();
      });
      this.form.querySelector("[data-upload-clear]").addEventListener("click", () => this.clear());
      window.addEventListener("beforeunload", (event) => {
        if (!this.busy) return;
        event.preventDefault();
        event.returnValue = "";
      });
    }
  }

  // A list onto which files may be dropped anywhere: they are sent at once.
  function dropOnto(area, uploader) {
    const holdsFiles = (event) => Array.from(event.dataTransfer.types).includes("Files");
    area.addEventListener("dragover", function (event) {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      area.classList.add("drop-onto");
    });
    area.addEventListener("dragleave", function (event) {
      if (!area.contains(event.relatedTarget)) area.classList.remove("drop-onto");
    });
    area.addEventListener("drop", function (event) {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      area.classList.remove("drop-onto");
      uploader.form.hidden = false;
      uploader.add(event.dataTransfer.files);
      uploader.work();
    });
  }

  // A new version of another type is to be confirmed before it is sent.
  function otherType(form) {
    const input = form.querySelector("input[type=file]");
    const asked = form.querySelector("[data-other-type]");
    const sure = asked.querySelector("input");
    input.addEventListener("change", function () {
      const name = input.files.length ? input.files[0].name : "";
      const found = /^[a-z0-9]{1,8}$/.exec((/\.([^.]+)$/.exec(name) || ["", ""])[1].toLowerCase());
      const ending = found ? found[0] : "other";
      asked.hidden = !name || ending === form.dataset.ending;
      sure.value = ending;
      sure.checked = false;
      sure.required = !asked.hidden;
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    for (const drop of document.querySelectorAll("[data-drop]")) dropZone(drop);
    for (const form of document.querySelectorAll("form[data-ending]")) otherType(form);
    for (const form of document.querySelectorAll("form[data-upload]")) {
      const uploader = new Uploader(form);
      uploader.start();
      for (const area of document.querySelectorAll('[data-drop-onto="' + form.id + '"]')) {
        if (form.id) dropOnto(area, uploader);
      }
    }
  });
})();
