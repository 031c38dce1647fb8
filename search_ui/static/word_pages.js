// In the frame: numbers of pages. A page is drawn where the file asks for one, not where one is full, so that they
// are counted only where that gives as many as the file was saved with; else they stand as they were saved.
"use strict";
const wordPages = (function () {
  const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  const SECTION = "\uf8f0section:";
  const MARK = /\uf8f0(PAGE|NUMPAGES):(\w*):([^\uf8f1]*)\uf8f1/g;
  const FIELD = /^\s*(PAGE|NUMPAGES)\s*(?:\\\*\s*(?!MERGEFORMAT)(\w+)\s*)?(?:\\\*\s*MERGEFORMAT\s*)?$/i;
  const ROMAN = { m: 1000, cm: 900, d: 500, cd: 400, c: 100, xc: 90, l: 50, xl: 40, x: 10, ix: 9, v: 5, iv: 4, i: 1 };
  const STYLES = { // of w:pgNumType and, as Word's fields call the same, of a field
    decimal: String, Arabic: String, numberInDash: dashed, ArabicDash: dashed, lowerRoman: roman, roman,
    upperRoman: (n) => roman(n).toUpperCase(), ROMAN: (n) => roman(n).toUpperCase(),
    lowerLetter: letters, upperLetter: (n) => letters(n).toUpperCase(), chineseCounting: chinese, chineseCountingThousand: chinese,
  };
  let saved = 0; // pages, as the file says; 0 where it does not

  const all = (root, name) => Array.from(root.getElementsByTagNameNS(W, name));
  const value = (element, name) => (element ? element.getAttributeNS(W, name) || "" : "");

  function dashed(number) {
    return `- ${number} -`;
  }

  function roman(number) {
    let text = "";
    for (const [letter, worth] of Object.entries(ROMAN)) for (; number >= worth; number -= worth) text += letter;
    return text;
  }

  function letters(number) {
    return String.fromCharCode(97 + ((number - 1) % 26)).repeat(Math.ceil(number / 26));
  }

  function chinese(number) {
    const [tens, ones] = [Math.floor(number / 10), number % 10].map((each) => (each ? "一二三四五六七八九"[each - 1] : ""));
    return number > 99 ? String(number) : (number > 9 ? (number > 19 ? tens : "") + "十" : "") + ones;
  }

  // How many pages the whole had when it was saved, by docProps/app.xml.
  function told(properties) {
    const pages = properties && properties.getElementsByTagName("Pages")[0];
    saved = Number(pages ? pages.textContent : 0) || 0;
  }

  // In a part: each number becomes a mark that keeps it; where a section of the text begins is noted.
  function before(part) {
    for (const each of all(part, "fldSimple")) {
      put(value(each, "instr"), all(each, "t"));
      each.replaceWith(...each.childNodes); // the library leaves it out: it stands for what it holds
    }
    for (const each of all(part, "p")) fieldsOf(each);
    sections(part);
  }

  // A field written in several runs keeps the number that it had when it was saved, the same on each page.
  function fieldsOf(paragraph) {
    let asked = null;
    let shown = null;
    for (const each of paragraph.getElementsByTagNameNS(W, "*")) {
      const sort = each.localName === "fldChar" ? value(each, "fldCharType") : each.localName;
      if (sort === "begin") [asked, shown] = ["", null];
      else if (sort === "instrText" && asked !== null) asked += each.textContent;
      else if (sort === "separate") shown = [];
      else if (sort === "t" && shown) shown.push(each);
      else if (sort === "end") {
        put(asked || "", shown || []);
        [asked, shown] = [null, null];
      }
    }
  }

  function put(asked, texts) {
    const [, what, style] = FIELD.exec(asked) || [];
    if (!what || !texts.length) return;
    const stood = texts.map((text) => text.textContent).join("");
    if (what.toUpperCase() === "NUMPAGES") saved = Math.max(saved, Number(stood) || 0);
    texts.forEach((text, at) => (text.textContent = at ? "" : `\uf8f0${what.toUpperCase()}:${style || ""}:${stood}\uf8f1`));
  }

  // A bookmark in the first paragraph of a section says how it begins and how its pages are numbered.
  function sections(part) {
    let first = null;
    for (const each of Array.from(part.getElementsByTagNameNS(W, "*"))) {
      if (each.localName === "p" && !first) first = each;
      if (each.localName !== "sectPr" || each.parentNode.localName === "sectPrChange") continue;
      const look = first && Array.from(first.children).find((child) => child.localName === "pPr");
      if (look) look.after(begin(part, each));
      else if (first) first.prepend(begin(part, each));
      first = null;
    }
  }

  function begin(part, section) {
    const child = (name) => Array.from(section.children).find((each) => each.localName === name);
    const numbers = child("pgNumType");
    const mark = part.createElementNS(W, "w:bookmarkStart");
    const said = [value(child("type"), "val"), value(numbers, "start"), value(numbers, "fmt")];
    mark.setAttributeNS(W, "w:name", SECTION + said.join(":"));
    return mark;
  }

  function after() {
    const pages = Array.from(document.querySelectorAll("section.docx"));
    let [count, number, style] = [0, 0, ""];
    const numbered = pages.map(function (page) {
      const begun = page.querySelector(`span[id^="${SECTION}"]`);
      const [type, start, own] = begun ? begun.id.slice(SECTION.length).split(":") : [];
      if (type === "continuous" && count) return [page, number, style]; // the library begins a page there, Word none
      if (begun) style = own;
      number = start ? Number(start) : number + 1;
      if ((type === "oddPage" && number % 2 === 0) || (type === "evenPage" && number % 2)) number += 1;
      count += 1;
      return [page, number, style];
    });
    for (const each of document.querySelectorAll(`span[id^="${SECTION}"]`)) each.remove();
    const counted = count > 1 && count >= saved;
    for (const [page, at, own] of numbered) written(page, counted ? at : null, own, count);
  }

  function written(page, number, style, count) {
    const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.data.includes("\uf8f0")) continue;
      node.data = node.data.replace(MARK, function (_, what, own, stood) {
        if (what === "NUMPAGES") return Number(stood) < count ? String(count) : stood;
        const tell = STYLES[own || style || "decimal"];
        return tell && number !== null ? tell(number) : stood;
      });
    }
  }

  return { told, before, after };
})();
