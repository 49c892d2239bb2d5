import {byId, element, fill, shape} from './dom.js';
import {full, plural, probability, time, whole, word} from './format.js';
import {get} from './api.js';
import {mix, state, studyPath, total} from './studies.js';
import {probabilityBar} from './bars.js';
import {scanPath} from './worklist.js';

const EACH_MS = 3000;
const COMPLETE_EACH_MS = 15000;
const STRIP = {width: 900, height: 110, most: 450};

let studyUid = '';
let shown = '';
let askedAt = 0;
let eachMs = EACH_MS;
let after = '';
let before = [];

const path = () => '/api/studies/' + encodeURIComponent(studyUid);

function rule(study) {
  const needed = study.positiveSlicesNeeded;
  const positive = study.summary.slices.positive;
  const says = positive + ' of ' + plural(total(study.summary.slices), 'slice', 'slices') + (positive === 1 ? ' is' : ' are') + ' positive under the threshold of its model; ';
  return says + (needed === 1 ? 'one is enough to call the study positive. Of many slices one is easily falsely so.'
    : 'a study is called positive from ' + whole.format(needed) + ' on.');
}

function count(label, name, value) {
  return element('div', label, element('dt', '', name), element('dd', '', whole.format(value)));
}

function finding(study) {
  const summary = study.summary;
  const line = element('p', 'said', element('span', 'badge large ' + study.label, word(study.label)));
  if (summary.priority === 'STAT') line.append(' ', element('span', 'tag stat past', 'STAT'));
  const worst = element('a', 'worst', 'Open the worst slice ', element('kbd', '', 'o'));
  worst.href = scanPath(summary.worst.scanId);
  return [
    summary.modelTrained ? '' : element('div', 'loud', element('strong', '', 'Untrained model.'),
      ' No training has made what classified these slices: their probabilities mean nothing.'),
    line,
    element('dl', 'slice-counts', count(summary.slices.positive > 0 ? 'POSITIVE' : '', 'Positive', summary.slices.positive), count('', 'Negative', summary.slices.negative),
      count('', 'Indeterminate', summary.slices.indeterminate), element('div', '', element('dt', '', 'Worst'), element('dd', '', probability(summary.worst.probability))),
      element('div', '', element('dt', '', 'Mean'), element('dd', '', probability(summary.meanProbability)))),
    element('p', 'quiet small', rule(study)),
    element('p', '', worst, element('span', 'quiet', ' ', word(summary.worst.label).toLowerCase() + ', ' + probability(summary.worst.probability))),
  ];
}

function fact(name, ...value) {
  return element('div', '', element('dt', '', name), element('dd', '', ...value));
}

function facts(answer) {
  const study = answer.study;
  return [
    fact('State', ...state(study)),
    fact('Revision', whole.format(study.revision) + (answer.published ? ', published' : ', waits for Kafka')),
    fact('Rolled up', full(study.rolledUpAt)),
    fact('First slice stored', full(study.firstSliceAt)),
    fact('Newest slice stored', full(study.lastSliceAt)),
    fact('Models', study.summary.models.join(', ')),
    fact('Sources', study.summary.sources.join(', ')),
  ];
}

// The slices at one glance; where there are more than columns, each column is the worst of its slices.
function strip(slices) {
  const columns = Math.min(STRIP.most, slices.length);
  const svg = shape('svg', {class: 'slices-strip', viewBox: `0 0 ${STRIP.width} ${STRIP.height + 18}`, role: 'img',
    'aria-label': 'Probability of positive by slice, in the order received; the table below has the numbers'});
  for (const share of [0, 1]) svg.append(level(share, ''));
  const step = STRIP.width / Math.max(columns, 40);
  for (let i = 0; i < columns; i++) {
    const group = slices.slice(Math.floor(i * slices.length / columns), Math.floor((i + 1) * slices.length / columns));
    const worst = group.reduce((a, b) => rank(b) > rank(a) ? b : a);
    const tall = Math.max(2, worst.probability * STRIP.height);
    svg.append(shape('rect', {class: worst.modelTrained ? worst.label : 'untrained', x: i * step + step * 0.1, y: STRIP.height - tall,
      width: step * 0.8, height: tall}));
  }
  // Models differ in it; one line for all would then be none's.
  if (slices.length > 0 && slices.every((slice) => slice.threshold === slices[0].threshold)) svg.append(level(slices[0].threshold, 'threshold'));
  svg.append(shape('text', {x: 2, y: STRIP.height + 14}, 'first received'),
    shape('text', {x: STRIP.width - 2, y: STRIP.height + 14, 'text-anchor': 'end'}, plural(slices.length, 'slice', 'slices')));
  return svg;
}

function level(share, name) {
  const y = 1 + (1 - share) * (STRIP.height - 2);
  return shape('line', {class: name, x1: 0, x2: STRIP.width, y1: y, y2: y});
}

const rank = (slice) => ({POSITIVE: 2, NEGATIVE: 1, INDETERMINATE: 0})[slice.label] + slice.probability;

function row(slice, number, worst) {
  const made = element('tr', 'row ' + slice.label + (slice.reviewedAs ? ' done' : '') + (slice.modelTrained ? '' : ' untrained-row'));
  const finding = element('td', 'finding-cell', element('span', 'badge ' + slice.label, word(slice.label)));
  if (slice.indeterminateReason) finding.append(element('span', 'sub', slice.indeterminateReason));
  const line = element('div', 'chance', probabilityBar(slice.probability, slice.threshold, 120, 16), element('span', 'value', probability(slice.probability)));
  if (!slice.modelTrained) line.append(element('span', 'tag untrained', 'untrained'));
  const chance = element('td', '', line);
  chance.title = 'Positive from ' + slice.threshold.toFixed(3);
  const link = element('a', 'scan-id', slice.scanId);
  link.href = scanPath(slice.scanId);
  link.title = slice.scanId;
  const scan = element('th', '', link);
  if (slice.scanId === worst) scan.append(element('span', 'sub', 'worst slice'));
  scan.scope = 'row';
  made.append(element('td', 'number', whole.format(number)), finding, chance, scan, element('td', '', slice.modelName + ' ' + slice.modelVersion),
    element('td', '', time(slice.receivedAt)), element('td', slice.reviewedAs ? '' : 'quiet', slice.reviewedAs ? 'as ' + word(slice.reviewedAs).toLowerCase() : 'to review'));
  made.addEventListener('click', (event) => {
    if (!(event.target instanceof HTMLAnchorElement)) location.hash = scanPath(slice.scanId);
  });
  return made;
}

function display(answer) {
  byId('study-problem').hidden = true;
  byId('study-body').hidden = false;
  eachMs = answer.study.complete ? COMPLETE_EACH_MS : EACH_MS;
  const key = JSON.stringify([answer.study.revision, answer.published, after, answer.slices.length,
    answer.slices.map((slice) => [slice.resultId, slice.reviewedAs])]);
  if (key === shown) return;
  shown = key;
  const focused = document.activeElement instanceof HTMLAnchorElement ? document.activeElement.href : '';
  fill(byId('study-finding'), ...finding(answer.study));
  fill(byId('study-facts'), ...facts(answer));
  fill(byId('study-strip'), strip(answer.slices));
  const from = before.reduce((sum, part) => sum + part.slices, 0);
  fill(byId('slice-rows'), ...answer.slices.map((slice, i) => row(slice, from + i + 1, answer.study.summary.worst.scanId)));
  byId('slices-first').disabled = before.length === 0;
  byId('slices-more').disabled = !answer.next;
  byId('slices-more').dataset.next = answer.next || '';
  byId('slices-more').dataset.slices = String(answer.slices.length);
  byId('slice-pages').hidden = before.length === 0 && !answer.next;
  const again = focused && [...byId('study').querySelectorAll('a')].find((link) => link.href === focused);
  if (again && document.activeElement === document.body) again.focus();
}

export async function refresh() {
  // A study may have thousands of slices, and one that is complete seldom changes.
  if (Date.now() - askedAt < eachMs) return;
  askedAt = Date.now();
  const asked = studyUid;
  try {
    const answer = await get(path() + (after ? '?after=' + encodeURIComponent(after) : ''));
    if (asked === studyUid) display(answer);
  } catch (failure) {
    if (failure.status !== 404 || asked !== studyUid) throw failure;
    byId('study-problem').textContent = failure.message + ' ' + failure.remedy;
    byId('study-problem').hidden = false;
    byId('study-body').hidden = true;
  }
}

export function open(id) {
  if (id !== studyUid) {
    byId('study-problem').hidden = byId('study-body').hidden = true;
    after = '';
    before = [];
  }
  studyUid = id;
  shown = '';
  askedAt = 0;
  byId('study-title').textContent = id;
}

// The line in a scan's view that leads to its study.
export async function showStudyOf(scan, parent) {
  parent.dataset.scan = scan.scanId;
  if (!scan.studyUid) {
    parent.hidden = true;
    return;
  }
  const link = element('a', '', 'Study');
  link.href = studyPath(scan.studyUid);
  try {
    const {study} = await get('/api/studies/' + encodeURIComponent(scan.studyUid) + '?limit=0');
    // The reader may have gone on to another scan meanwhile.
    if (parent.dataset.scan !== scan.scanId) return;
    const summary = study.summary;
    fill(parent, link, element('span', 'badge ' + study.label, word(study.label)), mix(summary.slices),
      plural(total(summary.slices), 'slice', 'slices') + ', ' + whole.format(summary.slices.positive) + ' positive, worst ' + probability(summary.worst.probability)
        + (summary.worst.scanId === scan.scanId ? ' (this one)' : ''),
      summary.modelTrained ? '' : element('span', 'tag untrained', 'untrained'),
      element('span', 'quiet', word(study.state).toLowerCase()));
  } catch (failure) {
    if (parent.dataset.scan !== scan.scanId) return;
    fill(parent, failure.status === 404 ? element('span', 'quiet', 'Its study is rolled up some seconds after the first slice.') : link);
  }
  parent.hidden = false;
}

function step(by) {
  const links = [...byId('slice-rows').querySelectorAll('a.scan-id')];
  if (links.length === 0) return;
  const at = links.indexOf(document.activeElement);
  links[Math.max(0, Math.min(links.length - 1, at < 0 ? 0 : at + by))].focus();
}

function jump(to) {
  after = to;
  shown = '';
  askedAt = 0;
  refresh().catch(() => {});
}

export const keys = {
  j: () => step(1),
  k: () => step(-1),
  o: () => byId('study-finding').querySelector('a.worst')?.click(),
  Escape: () => { location.hash = '#/studies'; },
};

byId('slices-first').addEventListener('click', () => {
  before = [];
  jump('');
});
byId('slices-more').addEventListener('click', (event) => {
  const {next, slices} = event.currentTarget.dataset;
  before.push({slices: Number(slices)});
  jump(next);
});
