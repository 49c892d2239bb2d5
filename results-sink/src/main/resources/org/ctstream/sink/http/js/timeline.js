import {element} from './dom.js';
import {duration, full, time} from './format.js';

const STAGES = [
  ['receivedAt', 'Received', ''],
  ['normalizedAt', 'Normalized', 'ingest'],
  ['classifiedAt', 'Classified', 'inference'],
  ['storedAt', 'Stored', 'sink'],
];

export function timeline(detail) {
  const result = detail.result;
  const total = Math.max(1, new Date(result.storedAt) - new Date(result.receivedAt));
  const bar = element('div', 'spans');
  bar.setAttribute('aria-hidden', 'true');
  const steps = element('ol', 'steps-of');
  if (detail.acquiredAt) steps.append(step('Acquired', detail.acquiredAt, 'by the scanner'));
  let before = null;
  for (const [field, name, by] of STAGES) {
    const took = before === null ? null : Math.max(0, new Date(result[field]) - new Date(before));
    if (took !== null) {
      const span = element('span', by);
      span.style.flexGrow = String(Math.max(took / total, 0.02));
      bar.append(span);
    }
    steps.append(step(name, result[field], took === null ? 'from ' + result.source : by + ', ' + duration(took), by));
    before = result[field];
  }
  if (result.alertedAt) steps.append(step('Alert raised', result.alertedAt, 'on ct.scan.alerted'));
  const whole = element('p', 'total', 'Received to stored: ', element('strong', '', duration(total)));
  const made = document.createDocumentFragment();
  made.append(bar, steps, whole);
  return made;
}

function step(name, at, note, by) {
  const when = element('time', '', time(at));
  when.dateTime = at;
  when.title = full(at);
  return element('li', by || '', element('span', 'name', name), when, element('span', 'quiet small', note));
}
