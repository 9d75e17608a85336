const SVG = 'http://www.w3.org/2000/svg';

/** The element of that id, which index.html holds. */
export function byId(id) {
  return document.getElementById(id);
}

/**
 * Builds an element. Listeners are given as `onclick` and the like, `data` and everything that is
 * no property of the element as attributes; null children are left out.
 */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === 'data') {
      Object.assign(element.dataset, value);
    } else if (key in element) {
      element[key] = value;
    } else {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null));
  return element;
}

/** Builds an SVG element from its attributes. */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** One of the symbols in index.html, for the eye only. */
export function icon(name) {
  return svg('svg', { class: 'icon', 'aria-hidden': 'true' }, svg('use', { href: `#icon-${name}` }));
}

/** Says something to screen readers without moving the focus. */
export function announce(text) {
  byId('announcer').textContent = text;
}
