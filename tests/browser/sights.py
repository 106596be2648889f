"""What is looked at on every view: names, contrast, and whether anything covers or cuts off another."""

from __future__ import annotations

#: Roles of what can be operated: each of them needs a name to be told apart by ear.
OPERATED = {
    *("button", "link", "textbox", "searchbox", "combobox", "listbox", "slider", "spinbutton", "switch"),
    *("checkbox", "radio", "tab", "menuitem", "option", "image", "img", "treeitem"),
}

#: Texts that are too faint: [text, ratio, colour, ground]; what cannot be operated now need not be legible.
FAINT = """() => {
  const parsed = said => {
    const parts = said.match(/[\\d.]+/g).map(Number);
    return parts.length < 4 ? [...parts.slice(0, 3), 1] : parts.slice(0, 4);
  };
  const over = (top, under) => {
    const a = top[3];
    return [0, 1, 2].map(i => top[i] * a + under[i] * (1 - a)).concat(1);
  };
  const light = colour => {
    const [r, g, b] = colour.slice(0, 3).map(v => v / 255).map(
      v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), element = walker.currentNode.parentElement;
    if (!text || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (['SCRIPT', 'STYLE', 'NOSCRIPT', 'OPTION'].includes(element.tagName)) continue;
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    if (element.closest('[disabled], [aria-disabled=true], .v-btn--disabled, .bc-outdated')) continue;
    const chain = [];
    for (let each = element; each; each = each.parentElement) chain.push(getComputedStyle(each));
    if (chain.some(style => style.backgroundImage !== 'none')) continue;
    let ground = [255, 255, 255, 1], opacity = 1;
    for (const style of [...chain].reverse()) {
      ground = over(parsed(style.backgroundColor), ground);
      opacity *= Number(style.opacity);
    }
    const style = chain[0], said = parsed(style.color);
    const ink = over([...said.slice(0, 3), said[3] * opacity], ground);
    const [low, high] = [light(ink), light(ground)].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05), size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.6 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5) - 0.005) {
      const colours = [ink, ground].map(colour => colour.slice(0, 3).map(Math.round).join());
      found.set(text, [text.slice(0, 40), Number(ratio.toFixed(2)), ...colours]);
    }
  }
  return [...found.values()];
}"""

#: Texts that are too small to read: [text, size in px].
SMALL = """() => {
  const found = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), element = walker.currentNode.parentElement;
    if (!text || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (['SCRIPT', 'STYLE', 'NOSCRIPT', 'OPTION'].includes(element.tagName)) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < 11.9) found.set(text.slice(0, 40), [text.slice(0, 40), size]);
  }
  return [...found.values()];
}"""

#: What can be operated and is on sight, but lies under something else: [what, what covers it].
COVERED = """() => {
  const told = e => e.dataset.testid || e.getAttribute('aria-label')
    || (e.textContent || '').trim().slice(0, 40) || e.className;
  const found = [], operated = 'button, input, select, a[href], textarea, [role=button], [tabindex="0"]';
  for (const each of document.querySelectorAll(operated)) {
    if (!each.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const box = each.getBoundingClientRect();
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    if (box.width < 2 || box.height < 2 || x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
    let isClipped = false;
    for (let up = each.parentElement; up; up = up.parentElement) {
      const clip = up.getBoundingClientRect(), style = getComputedStyle(up);
      if (/auto|scroll|hidden|clip/.test(style.overflow + style.overflowX + style.overflowY)
          && (x < clip.left || x > clip.right || y < clip.top || y > clip.bottom)) isClipped = true;
    }
    if (isClipped) continue;
    const top = document.elementFromPoint(x, y);
    if (!top || each.contains(top) || top.contains(each)) continue;
    const label = each.closest('label') || (each.id && document.querySelector(`label[for="${each.id}"]`));
    if (label && (label.contains(top) || top.contains(label))) continue;
    const home = each.closest('.v-input, .v-btn, .bc-slide');
    if (home && home.contains(top)) continue;
    if (getComputedStyle(top).pointerEvents === 'none') continue;
    found.push([told(each), told(top)]);
  }
  return found;
}"""

#: What stands out of the window sideways, or out of a box that cannot be scrolled: [what, left, right].
OUTSIDE = """() => {
  const found = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth + 1) found.push(['the page', 0, root.scrollWidth]);
  for (const each of document.querySelectorAll('.bc-page *')) {
    if (!each.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const box = each.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    if (box.right <= innerWidth + 1 && box.left >= -1) continue;
    let canScroll = false;
    for (let up = each.parentElement; up && !canScroll; up = up.parentElement) {
      const style = getComputedStyle(up), clip = up.getBoundingClientRect();
      canScroll = /auto|scroll|hidden/.test(style.overflowX) && clip.right <= innerWidth + 1
        && !up.classList.contains('bc-page');
    }
    if (!canScroll) found.push([each.dataset.testid || each.className || each.tagName, box.left, box.right]);
  }
  return found.slice(0, 8);
}"""

#: Boxes that scroll sideways though nothing but tables and tracks should: [what, content, room].
SIDEWAYS = """() =>
  [...document.querySelectorAll('.bc-main, .bc-side, .bc-scroll, .bc-left, .bc-right, .bc-bar, .bc-play')]
  .filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1)
  .map(e => [e.className, e.scrollWidth, e.clientWidth])"""

#: Main panels that lie over one another: [one, other].
OVERLAPPING = """() => {
  const panels = ['.bc-bars', '.bc-left', '.bc-right', '.bc-side', '.bc-main']
    .flatMap(s => [...document.querySelectorAll(s)])
    .filter(e => e.checkVisibility() && getComputedStyle(e).position !== 'absolute');
  const found = [];
  for (const [i, one] of panels.entries())
    for (const other of panels.slice(i + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      const a = one.getBoundingClientRect(), b = other.getBoundingClientRect();
      if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
          && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
        found.push([one.className, other.className]);
    }
  return found;
}"""


def nameless(reader):
    """Return what can be operated but has no name, as the browser tells it to a reader of screens."""
    session = reader.context.new_cdp_session(reader.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    found, seen = [], 0
    for node in nodes:
        role = node.get("role", {}).get("value")
        if node.get("ignored") or role not in OPERATED:
            continue
        seen += 1
        if not node.get("name", {}).get("value", "").strip():
            found.append((role, _markup(session, node)))
    session.detach()
    assert seen > 5, "the tree of names is empty"
    return found


def _markup(session, node):
    """Return the beginning of a node's markup, to find it by."""
    try:
        found = session.send("DOM.getOuterHTML", {"backendNodeId": node["backendDOMNodeId"]})
    except Exception as fault:
        return str(fault)
    return found["outerHTML"][:160]


#: Texts that are written over one another: [one, other].
OVERWRITTEN = """() => {
  const found = new Map(), texts = [];
  const walker = document.createTreeWalker(document.querySelector('.bc-page'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.textContent.trim() || ['STYLE', 'SCRIPT', 'OPTION'].includes(element.tagName)) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (let { left, top, right, bottom } of range.getClientRects()) {
      for (let up = element; up && up !== document.body; up = up.parentElement) {
        if (getComputedStyle(up).overflow === 'visible') continue;
        const clip = up.getBoundingClientRect();
        [left, top] = [Math.max(left, clip.left), Math.max(top, clip.top)];
        [right, bottom] = [Math.min(right, clip.right), Math.min(bottom, clip.bottom)];
      }
      const above = document.elementsFromPoint((left + right) / 2, (top + bottom) / 2);
      const own = above.findIndex(each => element.contains(each) || each.contains(element));
      const isHidden = own < 0
        || above.slice(0, own).some(
          each => !/, 0\\)|transparent/.test(getComputedStyle(each).backgroundColor));
      if (right - left > 2 && bottom - top > 2 && !isHidden)
        texts.push({ element, text: node.textContent.trim().slice(0, 40), left, top, right, bottom });
    }
  }
  for (const [i, a] of texts.entries())
    for (const b of texts.slice(i + 1)) {
      const over = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const under = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (a.element !== b.element && over > 3 && under > 5) found.set(a.text + b.text, [a.text, b.text]);
    }
  return [...found.values()];
}"""


def illegible(reader):
    """Return what cannot be read or heard on the view that is open, by what is wrong with it."""
    evaluate = reader.page.evaluate
    return {"nameless": nameless(reader), "faint": evaluate(FAINT), "small": evaluate(SMALL)}


def misplaced(reader):
    """Return what does not stand in its place on the view that is open, by what is wrong with it."""
    evaluate = reader.page.evaluate
    return {
        "covered": evaluate(COVERED),
        "outside": evaluate(OUTSIDE),
        "sideways": evaluate(SIDEWAYS),
        "overlapping": evaluate(OVERLAPPING),
        "overwritten": evaluate(OVERWRITTEN),
    }
