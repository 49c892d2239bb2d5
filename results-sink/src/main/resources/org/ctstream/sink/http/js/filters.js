import {byId, element} from './dom.js';
import {get} from './api.js';

const FIELDS = {scan: 'f-scan', label: 'f-label', reviewed: 'f-reviewed', least: 'f-least', most: 'f-most', source: 'f-source'};
const SEPARATOR = '\u001f';
const CHOICES_EACH_MS = 15000;

let chosenAt = 0;

export function query() {
  const values = new URLSearchParams();
  for (const [name, id] of Object.entries(FIELDS)) {
    const field = byId(id);
    const value = field.value.trim();
    // A number that is none yet would only be refused.
    if (value && field.validity.valid) values.set(name, value);
  }
  if (byId('f-model').value) {
    const [name, version] = byId('f-model').value.split(SEPARATOR);
    values.set('model', name);
    values.set('version', version);
  }
  if (byId('f-time').value) {
    // By whole minutes, so that the list does not ask for another range each second.
    const minute = Math.floor(Date.now() / 60000) - Number(byId('f-time').value);
    values.set('from', new Date(minute * 60000).toISOString());
  }
  return values;
}

export const isSet = () => query().size > 0;

function offer(select, options) {
  const known = new Set([...select.options].map((option) => option.value));
  for (const [value, text] of options) {
    if (known.has(value)) continue;
    const option = element('option', '', text);
    option.value = value;
    select.append(option);
  }
}

export async function refreshChoices() {
  if (Date.now() - chosenAt < CHOICES_EACH_MS) return;
  chosenAt = Date.now();
  const choices = await get('/api/worklist/choices');
  offer(byId('f-source'), choices.sources.map((source) => [source, source]));
  offer(byId('f-model'), choices.models.map((model) =>
    [model.name + SEPARATOR + model.version, model.name + ' ' + model.version]));
}

export function onChange(changed) {
  const form = byId('filters');
  let waiting = 0;
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(changed, 150);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    changed();
  });
  form.addEventListener('reset', () => setTimeout(changed));
}
