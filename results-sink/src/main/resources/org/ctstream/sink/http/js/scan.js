import {byId, element, fill} from './dom.js';
import {age, full, probability, word} from './format.js';
import {get, image} from './api.js';
import {begin, choose, chooseVerdict, leave, takeBack} from './review.js';
import {draw} from './heatmap.js';
import {history} from './history.js';
import {neighbour, scanPath} from './worklist.js';
import {probabilityBar} from './bars.js';
import {release} from './panels.js';
import {similar} from './similar.js';
import {showStudyOf} from './study.js';
import {timeline} from './timeline.js';

const EVALUATED = [['brier', 'Brier score'], ['ece', 'calibration error'], ['auc', 'AUC'], ['sensitivity', 'sensitivity'], ['specificity', 'specificity']];

const STUDY_EACH_MS = 3000;

let scanId = '';
let pictured = '';
let shown = '';
let heat = true;
let studyAskedAt = 0;

const path = () => '/api/scans/' + encodeURIComponent(scanId);

function finding(detail) {
  const result = detail.result;
  const line = element('p', 'said', element('span', 'badge large ' + result.label, word(result.label)));
  if (result.priority === 'STAT') line.append(' ', element('span', 'tag stat', 'STAT'));
  if (result.alertedAt) line.append(' ', element('span', 'quiet', 'alert sent ' + age(result.alertedAt)));
  const scale = element('div', 'gauge', probabilityBar(result.probability, result.threshold, 420, 26));
  const mark = element('span', 'mark', 'positive from ' + result.threshold.toFixed(3));
  mark.style.left = (100 * Math.max(0.14, Math.min(0.86, result.threshold))) + '%';
  scale.append(mark);
  const number = element('p', 'number-line', element('strong', '', probability(result.probability)), ' probability of positive');
  return [
    result.modelTrained ? '' : element('div', 'loud', element('strong', '', 'Untrained model.'),
      ' No training has made it: this probability means nothing.'),
    line, undecided(result), number, scale, calibration(result)];
}

// Nobody was alerted: the reader is the one who has to look.
function undecided(result) {
  return result.indeterminateReason
    ? element('p', 'nothing-said', element('strong', '', 'No finding, and no alert: '), result.indeterminateReason,
      '. Look at the scan yourself; the probability is what the network computed all the same.')
    : '';
}

// What the release's evaluation said, if it said anything.
function calibration(result) {
  const known = release(result.modelName, result.modelVersion);
  if (!result.modelTrained || !known) return '';
  const said = EVALUATED.filter(([name]) => known.metrics['validation.' + name] !== undefined)
    .map(([name, words]) => words + ' ' + known.metrics['validation.' + name].toFixed(2));
  return said.length > 0
    ? element('p', 'quiet small', 'This release on its ' + (known.metrics['validation.images'] || '') + ' validation images: ' + said.join(', ')
      + '. The Brier score tells how far probabilities are off: 0 is best, 0.25 is a coin.')
    : '';
}

function fact(name, value, title) {
  if (value === null || value === undefined || value === '') return '';
  const said = element('dd', '', value);
  if (title) said.title = title;
  return element('div', '', element('dt', '', name), said);
}

function facts(detail) {
  const result = detail.result;
  const at = (place) => place && place.topic + ', partition ' + place.partition + ', offset ' + place.offset;
  return [
    fact('Model', result.modelName + ' ' + result.modelVersion + (result.modelTrained ? '' : ' (untrained)')),
    fact('Weights, SHA-256', result.modelDigest.slice(0, 16) + ' …', result.modelDigest),
    fact('Engine', result.engine + ' on ' + result.device),
    fact('Worker', result.worker),
    fact('Source', result.source),
    fact('Priority', word(result.priority)),
    fact('Study', result.studyUid),
    fact('Series', result.seriesUid),
    fact('Original, SHA-256', detail.sourceDigest.slice(0, 16) + ' …', detail.sourceDigest),
    fact('Original in Kafka', at(detail.received)),
    fact('Slice in Kafka', at(detail.normalized)),
    fact('Preprocessing', 'version ' + detail.preprocessingVersion),
  ].filter((part) => part !== '');
}

function other(detail) {
  const result = detail.result;
  return element('li', '', element('span', 'badge ' + result.label, word(result.label)), ' ', probability(result.probability), ' by ',
    result.modelName + ' ' + result.modelVersion + (result.modelTrained ? '' : ' (untrained)'),
    element('span', 'quiet', ', ' + full(result.classifiedAt)));
}

// Asked for less often than the scan: it changes while slices come.
async function study(result) {
  if (Date.now() - studyAskedAt < STUDY_EACH_MS) return;
  studyAskedAt = Date.now();
  await showStudyOf(result, byId('study-of'));
}

async function picture(result) {
  if (pictured === result.resultId) return;
  pictured = result.resultId;
  const message = byId('slice-message');
  const canvas = byId('slice');
  const context = canvas.getContext('2d');
  context.clearRect(0, 0, canvas.width, canvas.height);
  message.hidden = false;
  message.textContent = 'Loading the slice';
  try {
    const bitmap = await image(path() + '/slice');
    if (pictured !== result.resultId) return;
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    context.drawImage(bitmap, 0, 0);
    canvas.setAttribute('aria-label', 'CT slice of scan ' + scanId);
    message.hidden = true;
  } catch (failure) {
    if (pictured !== result.resultId) return;
    message.textContent = failure.message + ' ' + failure.remedy;
    // What may come right is tried again with the next refresh, some seconds on.
    if (failure.status === 0 || failure.status >= 500) setTimeout(() => { pictured = ''; }, 4000);
  }
}

function overlay() {
  byId('overlay').style.opacity = heat ? byId('heat-opacity').value / 100 : 0;
  byId('heat-toggle').setAttribute('aria-pressed', String(heat));
}

function heatmap(detail) {
  const has = Boolean(detail.heatmap);
  draw(byId('overlay'), detail.heatmap);
  byId('heat-toggle').disabled = !has;
  byId('heat-opacity').disabled = !has;
  byId('heat-scale').hidden = !has;
  byId('heat-note').textContent = has
    ? 'What spoke for positive, ' + detail.heatmap.rows + ' × ' + detail.heatmap.columns + ' values, relative to the largest. It says what the network looked at, not where a disease is.'
    : detail.result.label === 'POSITIVE' ? 'This network gives no heatmap.' : 'Heatmaps come with positive results.';
  overlay();
}

function display(scan) {
  const [newest, ...older] = scan.results;
  byId('scan-problem').hidden = true;
  byId('reading').hidden = byId('below').hidden = false;
  history(byId('history'), scan.reviews);
  begin(newest.result, refreshNow);
  picture(newest.result);
  similar(scanId, newest.result);
  study(newest.result);
  // The rest of a result is final but for its alert.
  const key = scan.results.map((detail) => detail.result.resultId + detail.result.alertedAt).join(' ');
  if (key === shown) return;
  shown = key;
  fill(byId('finding'), ...finding(newest));
  byId('finding').className = newest.result.modelTrained ? newest.result.label : 'untrained-finding';
  fill(byId('timeline'), timeline(newest));
  fill(byId('facts'), ...facts(newest));
  heatmap(newest);
  byId('others').hidden = older.length === 0;
  fill(byId('other-results'), ...older.map(other));
}

export async function refresh() {
  const asked = scanId;
  try {
    const scan = await get(path());
    if (asked === scanId) display(scan);
  } catch (failure) {
    if (failure.status !== 404 || asked !== scanId) throw failure;
    byId('scan-problem').textContent = failure.message + ' ' + failure.remedy;
    byId('scan-problem').hidden = false;
    byId('reading').hidden = byId('below').hidden = true;
  }
}

function refreshNow() {
  refresh().catch(() => {});
}

export function open(id) {
  if (id !== scanId) {
    leave();
    byId('scan-problem').hidden = byId('reading').hidden = byId('below').hidden = true;
    byId('slice-message').hidden = false;
    byId('study-of').hidden = true;
  }
  scanId = id;
  studyAskedAt = 0;
  shown = '';
  pictured = '';
  byId('scan-title').textContent = id;
  showSteps();
}

export function showSteps() {
  byId('scan-previous').disabled = !neighbour(scanId, -1);
  byId('scan-next').disabled = !neighbour(scanId, 1);
}

function go(step) {
  const to = neighbour(scanId, step);
  if (to) location.hash = scanPath(to);
}

function toggleHeat() {
  if (byId('heat-toggle').disabled) return;
  heat = !heat;
  overlay();
}

export const keys = {
  j: () => go(1),
  k: () => go(-1),
  c: () => chooseVerdict('confirm'),
  x: () => chooseVerdict('correct'),
  u: () => chooseVerdict('unsure'),
  p: () => choose('POSITIVE'),
  n: () => choose('NEGATIVE'),
  h: toggleHeat,
  Escape: () => { if (!takeBack()) location.hash = '#/'; },
};

byId('scan-previous').addEventListener('click', () => go(-1));
byId('scan-next').addEventListener('click', () => go(1));
byId('heat-toggle').addEventListener('click', toggleHeat);
byId('heat-opacity').addEventListener('input', overlay);
