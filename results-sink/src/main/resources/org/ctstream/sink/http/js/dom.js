// Everything the API says is put into the page as text, never as markup.

const SVG = 'http://www.w3.org/2000/svg';

export const byId = (id) => document.getElementById(id);

export function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  for (const part of content) if (part !== undefined && part !== null && part !== '') made.append(part);
  return made;
}

export function shape(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

export function fill(parent, ...content) {
  parent.replaceChildren(...content.filter((part) => part !== undefined && part !== null && part !== ''));
}

// Moves as little as possible: what stays keeps its animation, its focus and the reader's place.
export function place(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((made, i) => {
    if (parent.children[i] !== made) parent.insertBefore(made, parent.children[i] || null);
  });
}

// A table of rows of cells; a cell is text or a node, or {text, className}.
export function table(caption, headings, rows) {
  const made = element('table');
  const head = element('tr');
  for (const heading of headings) {
    const cell = element('th', heading.number ? 'number' : '', heading.text ?? heading);
    cell.scope = 'col';
    head.append(cell);
  }
  const body = element('tbody');
  for (const cells of rows) {
    const row = element('tr');
    cells.forEach((cell, i) => {
      const made = element(i === 0 ? 'th' : 'td', headings[i].number ? 'number' : '', cell);
      if (i === 0) made.scope = 'row';
      row.append(made);
    });
    body.append(row);
  }
  made.append(element('caption', 'hidden', caption), element('thead', '', head), body);
  return made;
}

export function announce(text) {
  byId('announce').textContent = text;
}
