// An opinion written by pen: strokes on a sheet, kept as a line of numbers of which the server makes
// the picture. Finger and mouse write too; once a pen has written, the hand beside it does not.
"use strict";
(function () {
  const WIDTH = 720; // units of the sheet, whatever its size on the glass
  const HEIGHT = 300;
  const LEAST = 2; // units between two points that are kept
  const THIN = 2;
  const WIDE = 6;
  const MOST = 19000; // points; the server takes 20,000

  class Sheet {
    constructor(box) {
      this.box = box;
      this.field = box.querySelector("textarea[name=handwriting]");
      this.sheet = box.querySelector("[data-pen-sheet]");
      this.opener = box.querySelector("[data-pen-open]");
      this.canvas = box.querySelector("canvas");
      this.words = box.closest("form").elements.opinion;
      this.wanted = this.words.required;
      this.pointer = null;
      this.penned = false;
      box.hidden = false;
      this.strokes = this.read();
      if (this.strokes.length) this.open();
      this.listen();
      this.draw();
    }

    // What stood in the field: of an attempt that was refused, or of a draft.
    read() {
      return this.field.value.split(";").slice(1).filter(Boolean).map((stroke) => stroke.split(" ").map((point) => point.split(",").map(Number)));
    }

    open() {
      this.sheet.hidden = false;
      this.opener.setAttribute("aria-expanded", "true");
    }

    listen() {
      this.opener.addEventListener("click", () => {
        const opens = this.sheet.hidden;
        this.sheet.hidden = !opens;
        this.opener.setAttribute("aria-expanded", String(opens));
        if (opens) this.sheet.scrollIntoView({ block: "nearest" });
      });
      this.box.querySelector("[data-pen-undo]").addEventListener("click", () => this.changed(() => this.strokes.pop()));
      this.box.querySelector("[data-pen-clear]").addEventListener("click", () => this.changed(() => (this.strokes = [])));
      this.canvas.addEventListener("pointerdown", (event) => this.begin(event));
      this.canvas.addEventListener("pointermove", (event) => this.go(event));
      for (const name of ["pointerup", "pointercancel"]) {
        this.canvas.addEventListener(name, (event) => this.end(event));
      }
      // A canvas that touches scroll would be of no use; this one is for writing.
      this.canvas.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
    }

    changed(change) {
      change();
      const told = this.strokes.map((stroke) => stroke.map((point) => point.join(",")).join(" "));
      this.field.value = told.length ? [WIDTH + "x" + HEIGHT, ...told].join(";") : "";
      this.field.dispatchEvent(new Event("input", { bubbles: true }));
      this.draw();
    }

    point(event) {
      const place = this.canvas.getBoundingClientRect();
      const x = Math.round(((event.clientX - place.left) / place.width) * WIDTH);
      const y = Math.round(((event.clientY - place.top) / place.height) * HEIGHT);
      const pressed = event.pointerType === "pen" ? event.pressure : 0.4;
      const wide = Math.round(THIN + pressed * (WIDE - THIN));
      return [Math.min(WIDTH, Math.max(0, x)), Math.min(HEIGHT, Math.max(0, y)), wide];
    }

    begin(event) {
      if (this.pointer !== null || event.button !== 0) return;
      if (event.pointerType === "pen") this.penned = true;
      else if (this.penned && event.pointerType === "touch") return;
      event.preventDefault();
      this.pointer = event.pointerId;
      this.canvas.setPointerCapture(event.pointerId);
      this.strokes.push([this.point(event)]);
      this.draw();
    }

    go(event) {
      if (event.pointerId !== this.pointer) return;
      const moves = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
      const stroke = this.strokes[this.strokes.length - 1];
      for (const each of moves.length ? moves : [event]) {
        const to = this.point(each);
        const at = stroke[stroke.length - 1];
        const full = this.strokes.reduce((sum, one) => sum + one.length, 0) >= MOST;
        if (!full && Math.hypot(to[0] - at[0], to[1] - at[1]) >= LEAST) stroke.push(to);
      }
      this.draw();
    }

    end(event) {
      if (event.pointerId !== this.pointer) return;
      this.pointer = null;
      this.changed(() => {});
    }

    draw() {
      const written = this.strokes.length > 0;
      this.words.required = this.wanted && !written;
      for (const button of this.box.querySelectorAll(".pen-tools button")) button.disabled = !written;
      const style = getComputedStyle(this.canvas);
      const paper = this.canvas.getContext("2d");
      paper.setTransform(this.canvas.width / WIDTH, 0, 0, this.canvas.height / HEIGHT, 0, 0);
      paper.clearRect(0, 0, WIDTH, HEIGHT);
      paper.lineCap = paper.lineJoin = "round";
      if (!written) {
        paper.fillStyle = style.getPropertyValue("--ink-faint");
        paper.font = "18px sans-serif";
        paper.textAlign = "center";
        paper.fillText(this.canvas.dataset.empty, WIDTH / 2, HEIGHT / 2);
      }
      paper.strokeStyle = style.color;
      for (const stroke of this.strokes) {
        stroke.forEach(function (point, n) {
          const from = stroke[Math.max(0, n - 1)];
          paper.lineWidth = point[2];
          paper.beginPath();
          paper.moveTo(from[0], from[1]);
          paper.lineTo(point[0], point[1]);
          paper.stroke();
        });
      }
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    for (const box of document.querySelectorAll("[data-pen]")) new Sheet(box);
  });
})();
