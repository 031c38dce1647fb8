// Tables that are filled in line by line: one more empty line where it is asked for.
"use strict";
(function () {
  let made = 0;

  function addRow(field) {
    const lines = field.querySelectorAll("tbody tr");
    const copy = lines[lines.length - 1].cloneNode(true);
    made += 1;
    for (const input of copy.querySelectorAll("[id]")) {
      const label = copy.querySelector('label[for="' + input.id + '"]');
      input.id += "-n" + made;
      if (label) label.htmlFor = input.id;
      input.value = "";
    }
    field.querySelector("tbody").append(copy);
    copy.querySelector("input, select, textarea").focus();
  }

  document.addEventListener("DOMContentLoaded", function () {
    for (const field of document.querySelectorAll("[data-rows]")) {
      const button = field.querySelector("[data-add-row]");
      button.hidden = false;
      button.addEventListener("click", () => addRow(field));
    }
  });
})();
