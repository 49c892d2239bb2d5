'use strict';

// Everything the API says is put into the page as text, never as markup.

const EACH_MS = 1000;
const LIMIT = 50;
const SVG = 'http://www.w3.org/2000/svg';

const byId = (id) => document.getElementById(id);
const whole = new Intl.NumberFormat();
const clock = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'});
const day = new Intl.DateTimeFormat(undefined, {year: 'numeric', month: 'short', day: '2-digit'});
const exact = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'long'});

let shown = new Map(); // key of a row -> its element
let ids = new Set(); // result ids on the page
let after = '';
let next = null;
let label = '';
let paused = false;
let alerted = null;
let generation = 0;

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function duration(ms) {
  if (ms < 0) return '0 ms';
  if (ms < 1000) return Math.round(ms) + ' ms';
  if (ms < 60000) return (ms / 1000).toFixed(ms < 10000 ? 2 : 1) + ' s';
  if (ms < 3600000) return (ms / 60000).toFixed(1) + ' min';
  return (ms / 3600000).toFixed(1) + ' h';
}

function word(value) {
  return value.charAt(0) + value.slice(1).toLowerCase();
}

function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function probabilityCell(result) {
  const cell = element('td');
  const line = element('div', 'probability');
  const svg = shape('svg', {viewBox: '0 0 76 12', 'aria-hidden': 'true'});
  svg.append(
    shape('rect', {class: 'track', x: 0, y: 3, width: 76, height: 6, rx: 3}),
    shape('rect', {class: 'fill', x: 0, y: 3, width: Math.max(0, Math.min(1, result.probability)) * 76, height: 6, rx: 3}),
    shape('line', {class: 'threshold', x1: result.threshold * 76, x2: result.threshold * 76, y1: 0, y2: 12}));
  line.append(svg, element('span', '', result.probability.toFixed(3)));
  if (!result.modelTrained) line.append(element('span', 'tag untrained', 'untrained'));
  cell.append(line, element('span', 'sub', 'positive from ' + result.threshold.toFixed(3)));
  return cell;
}

function two(cell, first, second) {
  cell.append(first, element('span', 'sub', second));
  return cell;
}

function row(result) {
  const made = element('tr', result.modelTrained ? '' : 'untrained-row');
  const stored = new Date(result.storedAt);
  const time = element('time', '', clock.format(stored));
  time.dateTime = result.storedAt;
  const when = two(element('td'), time, day.format(stored));
  when.title = 'Received ' + exact.format(new Date(result.receivedAt))
    + '\nNormalized ' + exact.format(new Date(result.normalizedAt))
    + '\nClassified ' + exact.format(new Date(result.classifiedAt))
    + '\nStored ' + exact.format(stored)
    + (result.alertedAt ? '\nAlerted ' + exact.format(new Date(result.alertedAt)) : '');

  const scan = element('th', 'scan', result.scanId);
  scan.scope = 'row';
  scan.title = result.scanId;

  const said = element('td');
  said.append(element('span', 'badge ' + result.label, word(result.label)));
  if (result.priority === 'STAT') said.append(element('span', 'tag stat', 'STAT'));
  if (result.indeterminateReason) said.append(element('span', 'sub', result.indeterminateReason));
  else if (result.alertedAt) said.append(element('span', 'sub', 'alert sent'));

  const model = two(element('td'), result.modelName, result.modelVersion);
  model.title = 'Weights SHA-256 ' + result.modelDigest;
  const engine = two(element('td'), result.engine, result.device);
  engine.title = 'Worker ' + result.worker;
  const source = element('td', '', result.source);
  const latency = element('td', 'number', duration(stored - new Date(result.receivedAt)));
  latency.title = 'From received to stored';
  made.append(when, scan, said, probabilityCell(result), model, engine, source, latency);
  return made;
}

// Moves as little as possible: a row that stays keeps its animation, its selection and the reader's place.
function place(body, wanted) {
  const keep = new Set(wanted);
  for (const child of [...body.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((made, i) => {
    if (body.children[i] !== made) body.insertBefore(made, body.children[i] || null);
  });
}

function list(page) {
  const body = byId('rows');
  const seen = new Set(page.results.map((result) => result.resultId));
  const now = new Map();
  for (const result of page.results) {
    // An alert that went out since changes the row; everything else of a result is final.
    const key = result.resultId + ' ' + result.alertedAt;
    const made = shown.get(key) || row(result);
    if (ids.size > 0 && !ids.has(result.resultId)) made.classList.add('new');
    now.set(key, made);
  }
  const wanted = [...now.values()];
  place(body, wanted);
  ids = seen;
  shown = now;
  next = page.next;
  byId('empty').hidden = wanted.length > 0;
  byId('empty').textContent = label || after
    ? 'No results of this kind.'
    : 'No results yet. They appear here by themselves as scans are classified.';
  byId('older').disabled = !next;
  byId('newest').disabled = !after;
  byId('list-title').textContent = after ? 'Older results' : 'Newest first';
}

function count(stats) {
  byId('scans').textContent = whole.format(stats.scans);
  byId('rate').textContent = stats.scansPerSecond.toFixed(stats.scansPerSecond < 10 ? 2 : 1);
  byId('positive').textContent = whole.format(stats.byLabel.POSITIVE);
  byId('negative').textContent = whole.format(stats.byLabel.NEGATIVE);
  byId('indeterminate').textContent = whole.format(stats.byLabel.INDETERMINATE);
  byId('alerted').textContent = whole.format(stats.alerted);
  byId('dead').textContent = whole.format(stats.deadLettered);
  const latency = stats.latencyMs;
  byId('latency').textContent = latency ? [latency.p50, latency.p95, latency.p99].map(duration).join(' / ') : '–';
  const models = stats.models.slice(0, 3).map((model) =>
    model.name + ' ' + model.version + (model.trained ? '' : ' (untrained)') + ', ' + whole.format(model.count)
      + (model.count === 1 ? ' result' : ' results'));
  if (stats.models.length > 3) models.push('and ' + (stats.models.length - 3) + ' more');
  byId('models').textContent = models.length ? models.join(' · ') : 'No model has given a result yet';
  if (alerted !== null && stats.alerted > alerted) {
    const more = stats.alerted - alerted;
    byId('announce').textContent = more === 1 ? 'One more alert sent.' : more + ' more alerts sent.';
  }
  alerted = stats.alerted;
}

function state(name, text) {
  byId('live').dataset.state = name;
  byId('live-text').textContent = text;
}

async function ask(path) {
  const answer = await fetch(path, {headers: {accept: 'application/json'}, signal: AbortSignal.timeout(10000)});
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.message || 'The sink answers ' + answer.status + '.');
  return body;
}

async function refresh() {
  const mine = ++generation;
  const query = new URLSearchParams({limit: LIMIT});
  if (label) query.set('label', label);
  if (after) query.set('after', after);
  try {
    const [page, stats] = await Promise.all([ask('/api/results?' + query), ask('/api/stats')]);
    // An answer that was overtaken by a change of filter is not shown.
    if (mine !== generation) return;
    list(page);
    count(stats);
    state('live', 'Live, ' + clock.format(new Date()));
  } catch (failure) {
    if (mine !== generation) return;
    state('lost', failure instanceof TypeError ? 'The sink cannot be reached.' : failure.message);
  }
}

async function loop() {
  if (!paused && !document.hidden) await refresh();
  setTimeout(loop, EACH_MS);
}

function jump(to) {
  after = to;
  shown = new Map();
  ids = new Set();
  refresh();
}

byId('label').addEventListener('change', (event) => {
  label = event.target.value;
  jump('');
});
byId('newest').addEventListener('click', () => jump(''));
byId('older').addEventListener('click', () => jump(next || ''));
byId('pause').addEventListener('click', (event) => {
  paused = !paused;
  event.target.setAttribute('aria-pressed', String(paused));
  if (paused) state('waiting', 'Paused');
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && !paused) refresh();
});

loop();
