// Makes elements. Text goes in as text, never as HTML.

/**
 * @param {string} tag
 * @param {Record<string, unknown>} properties `class`, `data-…`, `aria-…`, `role` become attributes, functions listeners, the rest properties
 * @param {...(Node | string | null | undefined | false)} children
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (name === 'class' || name === 'role' || name === 'for' || name.includes('-'))
      made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** The element with this id. */
export const byId = (id) => document.getElementById(id);
