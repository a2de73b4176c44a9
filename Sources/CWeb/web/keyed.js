// Brings the children of a list into an order, touching only what stands wrong.

/**
 * @param {Element} parent whose only children are the roots of the items
 * @param items objects with a `root`, and `moved()` to be told that their place changed
 */
export function arrange(parent, items) {
  const wanted = new Set(items.map((item) => item.root));
  for (const child of [...parent.children]) {
    if (!wanted.has(child)) child.remove();
  }
  const focused = document.activeElement;
  items.forEach((item, place) => {
    if (item.root.dataset.place !== String(place)) {
      item.root.dataset.place = String(place);
      item.moved?.();
    }
    const now = parent.children[place];
    if (now !== item.root) parent.insertBefore(item.root, now ?? null);
  });
  // Moving an element takes the focus from what is in it.
  if (focused !== document.activeElement && parent.contains(focused)) focused.focus();
}
