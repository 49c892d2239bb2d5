import {announce, byId, element, place} from './dom.js';
import {age, date, duration, full, plural, probability, time, whole, word} from './format.js';
import {get} from './api.js';
import {isSet, onChange, query, refreshChoices} from './filters.js';
import {probabilityBar} from './bars.js';

const LIMIT = 50;

let shown = new Map(); // key of a row -> its element
let rows = [];
let ids = new Set();
let after = '';
let next = null;
let selected = '';
let generation = 0;

export const scanPath = (scanId) => '#/scan/' + encodeURIComponent(scanId);

function finding(row) {
  const result = row.result;
  const cell = element('td', 'finding-cell', element('span', 'badge ' + result.label, word(result.label)));
  if (result.priority === 'STAT') cell.append(' ', element('span', row.urgent ? 'tag stat' : 'tag stat past', 'STAT'));
  if (result.alertedAt) cell.append(element('span', 'sub', 'alert sent'));
  if (result.indeterminateReason) cell.append(element('span', 'sub', result.indeterminateReason));
  return cell;
}

function chance(result) {
  const line = element('div', 'chance', probabilityBar(result.probability, result.threshold, 120, 16),
    element('span', 'value', probability(result.probability)));
  if (!result.modelTrained) line.append(element('span', 'tag untrained', 'untrained'));
  const cell = element('td', '', line);
  cell.title = 'Positive from ' + result.threshold.toFixed(3);
  return cell;
}

function link(result) {
  const made = element('a', 'scan-id', result.scanId);
  made.href = scanPath(result.scanId);
  made.dataset.scan = result.scanId;
  made.title = result.scanId;
  made.addEventListener('focus', () => { selected = result.resultId; });
  return made;
}

function reviewed(row) {
  if (!row.reviewedAs) return element('td', 'quiet', 'to review');
  const verdict = row.reviewedAs === 'INDETERMINATE' ? 'unsure' : row.reviewedAs === row.result.label ? 'confirmed' : 'corrected';
  const cell = element('td', '', element('span', 'verdict ' + verdict, verdict));
  if (verdict === 'corrected') cell.append(element('span', 'sub', 'to ' + word(row.reviewedAs)));
  return cell;
}

function build(row) {
  const result = row.result;
  const made = element('tr', 'row ' + result.label + (row.urgent ? ' urgent' : '') + (row.reviewedAs ? ' done' : '')
    + (result.modelTrained ? '' : ' untrained-row'));
  const scan = element('th', '', link(result), element('span', 'sub', result.source));
  scan.scope = 'row';
  const received = element('time', '', time(result.receivedAt));
  received.dateTime = result.receivedAt;
  const when = element('td', '', received, element('span', 'sub', date(result.receivedAt)));
  when.title = full(result.receivedAt) + ', ' + age(result.receivedAt);
  const model = element('td', '', result.modelName + ' ' + result.modelVersion,
    element('span', 'sub', result.engine + ', ' + result.device));
  const latency = element('td', 'number', duration(new Date(result.storedAt) - new Date(result.receivedAt)));
  latency.title = 'From received to stored';
  made.append(finding(row), chance(result), scan, model, when, latency, reviewed(row));
  made.addEventListener('click', (event) => {
    if (!(event.target instanceof HTMLAnchorElement)) location.hash = scanPath(result.scanId);
  });
  return made;
}

function list(page) {
  const now = new Map();
  let fresh = 0;
  for (const row of page.rows) {
    const key = [row.result.resultId, row.result.alertedAt, row.reviewedAs, row.urgent].join(' ');
    let made = shown.get(key);
    if (!made) {
      made = build(row);
      if (ids.size > 0 && !after && !ids.has(row.result.resultId)) {
        made.classList.add('new');
        if (row.result.label === 'POSITIVE') fresh++;
      }
    }
    now.set(key, made);
  }
  // What has the focus is made anew when its row changes; the focus goes with it.
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.scan : undefined;
  place(byId('rows'), [...now.values()]);
  shown = now;
  rows = page.rows;
  ids = new Set(rows.map((row) => row.result.resultId));
  next = page.next;
  if (focused && document.activeElement === document.body) focus(rows.findIndex((row) => row.result.scanId === focused));
  byId('empty').hidden = rows.length > 0;
  byId('empty').textContent = isSet() || after
    ? 'No results of this kind. Clear the filters to see all.'
    : 'No results yet. They appear here by themselves as scans are classified.';
  byId('more').disabled = !next;
  byId('first').disabled = !after;
  if (fresh > 0) announce(plural(fresh, 'new positive result', 'new positive results') + ' in the worklist.');
}

function count(stats) {
  for (const label of ['POSITIVE', 'NEGATIVE', 'INDETERMINATE']) {
    byId(label.toLowerCase()).textContent = whole.format(stats.byLabel[label]);
  }
  byId('rate').textContent = stats.scansPerSecond.toFixed(stats.scansPerSecond < 10 ? 2 : 1);
  byId('latency').textContent = stats.latencyMs ? duration(stats.latencyMs.p50) : '–';
}

export async function refresh() {
  const mine = ++generation;
  const values = query();
  values.set('limit', LIMIT);
  if (after) values.set('after', after);
  const page = await get('/api/worklist?' + values);
  // An answer that was overtaken by a change of filter is not shown.
  if (mine === generation) list(page);
}

// The list does not wait for the counts: over many results those take longer.
export async function refreshCounts() {
  count(await get('/api/stats'));
  await refreshChoices();
}

function focus(index) {
  const links = byId('rows').querySelectorAll('a.scan-id');
  if (links.length > 0) links[Math.max(0, Math.min(links.length - 1, index))].focus();
}

const index = () => rows.findIndex((row) => row.result.resultId === selected);

// The scan after or before that one in the list as it is shown; undefined at its ends.
export function neighbour(scanId, step) {
  const at = rows.findIndex((row) => row.result.scanId === scanId);
  return at < 0 ? undefined : rows[at + step]?.result.scanId;
}

export function select(scanId) {
  const row = rows.find((candidate) => candidate.result.scanId === scanId);
  if (row) {
    selected = row.result.resultId;
    focus(index());
  }
}

function jump(to) {
  after = to;
  shown = new Map();
  ids = new Set();
  refresh().catch(() => {});
}

export const keys = {
  j: () => focus(index() + 1),
  k: () => focus(index() < 0 ? 0 : index() - 1),
  Enter: () => {
    if (document.activeElement !== document.body || index() < 0) return false;
    location.hash = scanPath(rows[index()].result.scanId);
    return true;
  },
  '/': () => byId('f-scan').focus(),
  Escape: () => { if (document.activeElement instanceof HTMLElement) document.activeElement.blur(); },
};

onChange(() => jump(''));
byId('first').addEventListener('click', () => jump(''));
byId('more').addEventListener('click', () => jump(next || ''));
