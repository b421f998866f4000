// Small drawings for buttons and faces, so that the page does not depend on the fonts of the machine.

const DRAWINGS = {
  attach: 'M12 4v16M4 12h16',
  back: 'M20 12H5m6-7-7 7 7 7',
  bot: 'M12 3v4M5 8h14v11H5zM9 12v2m6-2v2M9 17h6M2 12v4m20-4v4',
  close: 'M5 5l14 14M19 5L5 19',
  contact: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 21c0-4 3.5-6.5 8-6.500s8 2.5 8 6.5',
  document: 'M6 3h8l5 5v13H6zM14 3v5h5M9 13h7M9 17h7',
  group:
    'M9 5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM2 20c0-3.5 3-5.5 7-5.500s7 2 7 5.500M16 5.500a3 3 0 1 1 0 6M18 15c2.5.5 4 2.3 4 5',
  photo: 'M3 5h18v14H3zM3 17l5-5 4 4 3-3 6 5M15.5 9.500h.01',
  place: 'M12 21s7-6.5 7-12A7 7 0 0 0 5 9c0 5.5 7 12 7 12zM12 6.500a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z',
  reply: 'M10 6 4 12l6 6M4 12h9c4 0 7 2 7 7',
  send: 'M4 4l17 8-17 8 3-8zM7 12h14',
  smile: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM8.5 10h.01M15.5 10h.01M8 14c2 3 6 3 8 0',
  voice: 'M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5 11v1a7 7 0 0 0 14 0v-1M12 19v3',
};
const SVG = 'http://www.w3.org/2000/svg';

/** A drawing by its name; it says nothing to a screen reader, the button around it does. */
export function icon(name) {
  const drawing = document.createElementNS(SVG, 'svg');
  drawing.setAttribute('viewBox', '0 0 24 24');
  drawing.setAttribute('class', 'drawing');
  drawing.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', DRAWINGS[name] ?? '');
  drawing.append(path);
  return drawing;
}

/** Puts a drawing into every element that asks for one with `data-icon`. */
export function drawIcons() {
  for (const place of document.querySelectorAll('[data-icon]')) place.prepend(icon(place.dataset.icon));
}
