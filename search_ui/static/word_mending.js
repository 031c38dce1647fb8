// In the frame: what docx-preview draws otherwise than Word does is mended, in the parts of the file before it
// draws and on the page after. Each was found by holding it against LibreOffice's pages (bench/docx_pages.py).
"use strict";
const wordMending = (function () {
  const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  const VML = "urn:schemas-microsoft-com:vml";
  const PARTS = /^word\/(document|header|footer|styles|footnotes|endnotes)\d*\.xml$/;
  const LINES = ["#_x0000_t20", "#_x0000_t32"]; // a line, and a straight connector
  const TABS_MS = 600; // the library sets what stands behind tabs half a second after it has drawn
  const SPREAD = "text-top"; // by which spread lines are known after: of how letters stand Word says no such thing
  const BULLETS = { f0b7: "•", f0a7: "▪", f06c: "●", f06e: "■", f06f: "□", f075: "◆", f076: "❖", f0d8: "➢", f0e0: "→", f0fc: "✓" };
  const OWN = document.querySelector("style"); // the library empties the head

  const all = (root, space, name) => Array.from(root.getElementsByTagNameNS(space, name));
  const value = (element, name) => (element ? element.getAttributeNS(W, name) || "" : "");

  // The bytes of the file with its parts mended.
  async function before(bytes) {
    const zip = await JSZip.loadAsync(bytes);
    const properties = zip.file("docProps/app.xml");
    wordPages.told(properties ? parsed(await properties.async("string")) : null);
    const styles = zip.file("word/styles.xml");
    const tabs = styles ? tabsOf(parsed(await styles.async("string"))) : () => null;
    for (const name of Object.keys(zip.files).filter((each) => PARTS.test(each))) {
      const part = parsed(await zip.file(name).async("string"));
      if (part.querySelector("parsererror")) continue;
      if (name !== "word/styles.xml") tabStops(part, tabs);
      moves(part);
      spread(part);
      wordPages.before(part);
      drawnLines(part);
      zip.file(name, new XMLSerializer().serializeToString(part));
    }
    return zip.generateAsync({ type: "arraybuffer", compression: "STORE" });
  }

  const parsed = (text) => new DOMParser().parseFromString(text, "application/xml");
  const child = (element, name) => Array.from(element ? element.children : []).find((each) => each.localName === name);

  // The tab stops of a style, or of the nearest that it is based on.
  function tabsOf(part) {
    const styles = new Map(all(part, W, "style").map((each) => [value(each, "styleId"), each]));
    return function (name) {
      for (let depth = 0; styles.has(name) && depth < 20; depth++) {
        const style = styles.get(name);
        const tabs = child(child(style, "pPr"), "tabs");
        if (tabs) return tabs;
        name = value(child(style, "basedOn"), "val");
      }
      return null;
    };
  }

  // The library asks a paragraph alone for its tab stops; those of headers stand in their style.
  function tabStops(part, tabs) {
    for (const look of all(part, W, "pPr").filter((each) => !child(each, "tabs"))) {
      const found = tabs(value(child(look, "pStyle"), "val"));
      if (found) look.append(part.importNode(found, true));
    }
  }

  // What was moved is put in at one place and taken out at another; the library knows those alone.
  function moves(part) {
    for (const [name, known] of [["moveTo", "w:ins"], ["moveFrom", "w:del"]]) {
      for (const each of all(part, W, name)) {
        const change = part.createElementNS(W, known);
        for (const attribute of each.attributes) change.setAttributeNS(attribute.namespaceURI, attribute.name, attribute.value);
        change.append(...each.childNodes);
        if (name === "moveFrom") for (const text of all(change, W, "t")) rename(text, "w:delText");
        each.replaceWith(change);
      }
    }
  }

  function rename(element, name) {
    const other = element.ownerDocument.createElementNS(W, name);
    other.append(...element.childNodes);
    element.replaceWith(other);
  }

  function spread(part) {
    for (const each of all(part, W, "jc")) {
      if (!["distribute", "thaiDistribute"].includes(value(each, "val"))) continue;
      each.setAttributeNS(W, "w:val", "both");
      const mark = part.createElementNS(W, "w:textAlignment");
      mark.setAttributeNS(W, "w:val", SPREAD);
      each.after(mark);
    }
  }

  // The red line of a letterhead: its colour stands in attributes, and it may be a shape of no height.
  function drawnLines(part) {
    for (const shape of all(part, VML, "shape").filter((each) => LINES.includes(each.getAttribute("type")))) {
      const [width, height] = ["width", "height"].map((side) => sideOf(shape, side));
      const line = part.createElementNS(VML, "v:line");
      for (const { name, value: text } of shape.attributes) if (!name.includes(":")) line.setAttribute(name, text);
      line.setAttribute("from", "0,0");
      line.setAttribute("to", `${width},${height}`);
      line.append(...Array.from(shape.childNodes).filter((each) => each.localName === "stroke"));
      shape.replaceWith(line);
    }
    for (const each of ["line", "rect", "oval"].flatMap((name) => all(part, VML, name))) {
      const colour = each.getAttribute("strokecolor");
      if (!colour) continue;
      const stroke = all(each, VML, "stroke")[0] || each.appendChild(part.createElementNS(VML, "v:stroke"));
      if (!stroke.getAttribute("color")) stroke.setAttribute("color", colour.split(" ")[0]);
      const weight = each.getAttribute("strokeweight");
      if (weight && !stroke.getAttribute("weight")) stroke.setAttribute("weight", weight);
    }
  }

  function sideOf(shape, side) {
    const found = new RegExp(`(?:^|;)\\s*${side}:\\s*([\\d.]+(?:pt|in|cm|mm|px)?)`).exec(shape.getAttribute("style") || "");
    return found ? found[1] : "0";
  }

  function after() {
    wordPages.after();
    document.head.append(OWN);
    for (const sheet of document.styleSheets) for (const rule of sheet.cssRules) ruleMended(rule);
    for (const each of document.querySelectorAll("p")) if (each.style.verticalAlign === SPREAD) spreadOut(each.style);
    for (const each of document.querySelectorAll('p[class*="docx-num-"]')) label(each);
    for (const each of document.querySelectorAll("p svg, p div")) over(each);
    return document.querySelector(".docx-tab-stop") ? new Promise((done) => setTimeout(done, TABS_MS)) : null;
  }

  // The style of paragraphs and tables that name none reaches their runs and cells, whose numbers take it as well.
  function ruleMended(rule) {
    if (!rule.selectorText) return;
    if (rule.style.verticalAlign === SPREAD) spreadOut(rule.style);
    const sign = /^"([\uf020-\uf0ff])/.exec(rule.style.content || "");
    const known = sign && BULLETS[sign[1].charCodeAt(0).toString(16)];
    if (known) rule.style.content = rule.style.content.replace(sign[1], known);
    const common = /^\.docx (p|table), \1\.\S+(?: (\w+))?$/.exec(rule.selectorText);
    const own = /^(p\.docx_\S+) span$/.exec(rule.selectorText);
    if (common) rule.selectorText = unnamed(common[1], common[2]) + (common[2] === "span" ? `, ${unnamed("p")}::before` : "");
    if (/^span\.docx_\S+$/.test(rule.selectorText)) rule.selectorText = `.docx ${rule.selectorText}`; // before those of paragraphs
    if (own) rule.selectorText = `${own[0]}, ${own[1]}::before`;
  }

  const unnamed = (what, within) => `${what}:not([class*="docx_"])${within ? ` ${within}` : ""}`;

  function spreadOut(style) {
    style.textAlign = "justify";
    style.textAlignLast = "justify";
  }

  // A number looks like the text that it stands before.
  function label(paragraph) {
    const first = paragraph.querySelector("span");
    for (const each of first ? ["fontSize", "fontFamily", "color", "fontWeight"] : []) {
      if (first.style[each]) paragraph.style[each] = first.style[each];
    }
  }

  // What lies over the text, a line of a letterhead or a seal, is placed from its paragraph and from the edge of the text.
  function over(drawn) {
    const isPicture = drawn.localName === "div" && drawn.style.position === "relative" && drawn.style.width === "0px";
    if (!isPicture && drawn.style.position !== "absolute") return;
    const paragraph = drawn.closest("p");
    const [left, top] = isPicture ? [drawn.style.left || "0px", drawn.style.top || "0px"] : ["0px", "0px"];
    paragraph.style.position = "relative";
    drawn.style.position = "absolute";
    drawn.style.left = `calc(${left} - ${getComputedStyle(paragraph).marginLeft})`;
    drawn.style.top = top;
  }

  return { before, after };
})();
