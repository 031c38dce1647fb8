// Two windows of one browser in which the same record is changed: the second one is told.
"use strict";
(function () {
  document.addEventListener("DOMContentLoaded", function () {
    const open = Array.from(document.querySelectorAll("form[data-keep]")).filter(
      (form) => form.elements.revision && !form.closest("dialog")
    );
    if (!open.length || !window.BroadcastChannel) return;
    const channel = new BroadcastChannel("wenshu-forms");
    const nameOf = (form) => document.body.dataset.login + ":" + form.dataset.keep;
    channel.onmessage = function (event) {
      const form = open.find((each) => nameOf(each) === event.data.form);
      if (!form) return;
      if (event.data.asked) channel.postMessage({ form: event.data.form });
      else if (!form.dataset.elsewhere) {
        form.dataset.elsewhere = "yes";
        window.wenshu.note(form, document.body.dataset.elsewhere);
      }
    };
    for (const form of open) channel.postMessage({ form: nameOf(form), asked: true });
  });
})();
