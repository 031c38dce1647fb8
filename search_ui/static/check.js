// 环境检查: tries what only the browser knows, and writes it into its lines (BZ-05).
"use strict";
(function () {
  const SMALLEST = 360, WIDE = 1024; // CSS pixels: a phone; a desk at which both columns stand
  const LATE_S = 300; // sessions, deadlines and signatures of providers go by the clock

  function cookies() {
    document.cookie = "wenshu_check=1; max-age=60; samesite=lax";
    const kept = document.cookie.includes("wenshu_check=1");
    document.cookie = "wenshu_check=; max-age=0; samesite=lax";
    return { good: kept };
  }

  function storage() {
    localStorage.setItem("wenshu_check", "文".repeat(50000)); // a long form as it is kept
    localStorage.removeItem("wenshu_check");
    return { good: true };
  }

  function printing() {
    return { good: typeof window.print === "function" && window.matchMedia("print").media === "print" };
  }

  function screenSize() {
    const width = window.innerWidth;
    const found = width + " × " + window.innerHeight;
    return { good: width >= WIDE, fair: width >= SMALLEST, found };
  }

  function clock(line) {
    const off = Math.round(Date.now() / 1000 - Number(line.dataset.now));
    return { good: Math.abs(off) < LATE_S, found: new Date().toLocaleString("zh-CN") };
  }

  const TRIES = { script: () => ({ good: true }), cookies, storage, printing, screen: screenSize, clock };

  // A browser that forbids something may say so by an error.
  function attempt(line) {
    try {
      return TRIES[line.dataset.probe](line);
    } catch (error) {
      return { good: false };
    }
  }

  function show(line) {
    const result = attempt(line);
    const badge = line.querySelector(".tag");
    const tone = result.good ? "ok" : result.fair ? "warning" : "danger";
    badge.className = "tag tag-" + tone;
    badge.textContent = badge.dataset[tone];
    line.querySelector("[data-found]").textContent = result.found || "";
    line.querySelector("[data-advice]").hidden = result.good;
  }

  document.querySelectorAll("[data-probe]").forEach(show);
})();
