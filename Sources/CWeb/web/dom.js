// The few ways this page touches the document. Each writes only what has changed.

/** A new element with classes and children. */
export function element(tag, classes = '', ...children) {
  const made = document.createElement(tag);
  if (classes) made.className = classes;
  made.append(...children);
  return made;
}

/** A button; its press handler may be async. */
export function button(text, classes, press) {
  const made = element('button', classes, text);
  made.type = 'button';
  made.addEventListener('click', press);
  return made;
}

/** The text of an element that holds nothing else. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function data(node, name, value) {
  const text = String(value ?? '');
  if (node.dataset[name] !== text) node.dataset[name] = text;
}

/** Shows the node only while it has something to say. */
export function say(node, text) {
  write(node, text);
  show(node, text !== '');
}

export function show(node, visible) {
  if (node.hidden === visible) node.hidden = !visible;
}

/** A custom property, through the object model, which the content policy allows. */
export function property(node, name, value) {
  if (node.style.getPropertyValue(name) !== value) node.style.setProperty(name, value);
}

const SHAPES = {
  high: 'M12 2 23 22H1z',
  medium: 'M12 1 23 12 12 23 1 12z',
  low: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z',
  none: 'M3 3h18v18H3z',
  bell: 'M12 2a6 6 0 0 1 6 6v5l2 4H4l2-4V8a6 6 0 0 1 6-6zm-2 17h4a2 2 0 0 1-4 0z',
  bellOff: 'M12 2a6 6 0 0 1 6 6v5l2 4H4l2-4V8a6 6 0 0 1 6-6zm-2 17h4a2 2 0 0 1-4 0zM2 3.4 3.4 2 22 20.6 20.6 22z',
};

/** A filled shape in the colour of the text around it; decoration beside a word. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'icon');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('fill', 'currentColor');
  svg.append(path);
  shape(svg, name);
  return svg;
}

/** Gives an icon another shape. */
export function shape(svg, name) {
  const path = svg.firstChild;
  if (path.getAttribute('d') !== SHAPES[name]) path.setAttribute('d', SHAPES[name]);
}
