import {element, shape} from './dom.js';

// A bar from 0 to 1 with the threshold drawn as a line.
export function probabilityBar(value, threshold, width, height) {
  const svg = shape('svg', {class: 'bar', viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true'});
  const inset = 3;
  const inside = width - 2 * inset;
  const x = (part) => inset + Math.max(0, Math.min(1, part)) * inside;
  const top = height / 2 - height / 5;
  svg.append(
    shape('rect', {class: 'track', x: inset, y: top, width: inside, height: height / 2.5, rx: height / 5}),
    shape('rect', {class: 'fill', x: inset, y: top, width: Math.max(2, x(value) - inset), height: height / 2.5, rx: height / 5}),
    shape('line', {class: 'threshold', x1: x(threshold), x2: x(threshold), y1: 0, y2: height}));
  return svg;
}

export function share(part, most) {
  const bar = element('span', 'share');
  const inner = element('span');
  inner.style.width = (most > 0 ? Math.max(2, 100 * part / most) : 0) + '%';
  bar.append(inner);
  bar.setAttribute('aria-hidden', 'true');
  return bar;
}

// Counts per minute, oldest first.
export function columns(counts) {
  const width = 900;
  const height = 120;
  const most = Math.max(1, ...counts);
  const step = width / counts.length;
  const svg = shape('svg', {class: 'columns', viewBox: `0 0 ${width} ${height + 18}`, role: 'img',
    'aria-label': `Results stored in each of the last ${counts.length} minutes, at most ${most}`});
  counts.forEach((count, i) => {
    const tall = count === 0 ? 1 : Math.max(2, height * count / most);
    const bar = shape('rect', {class: count === 0 ? 'none' : i === counts.length - 1 ? 'now' : 'full',
      x: i * step + 2, y: height - tall, width: step - 4, height: tall, rx: 2});
    bar.append(shape('title', {}, count + ' results'));
    svg.append(bar);
  });
  svg.append(shape('text', {x: 2, y: height + 14}, (counts.length - 1) + ' min ago'),
    shape('text', {x: width - 2, y: height + 14, 'text-anchor': 'end'}, 'this minute'));
  return svg;
}
