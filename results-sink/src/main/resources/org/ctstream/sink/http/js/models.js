import {ask} from './promote.js';
import {byId, element, fill, place, table} from './dom.js';
import {age, full, plural, whole} from './format.js';
import {get} from './api.js';

const EACH_MS = 3000;
const MOST = 50;
const WORDS = {CANDIDATE: 'candidate', PRODUCTION: 'was in production', RETIRED: 'retired'};
const FIGURES = [['auc', 'AUC'], ['accuracy', 'Accuracy'], ['sensitivity', 'Sensitivity'], ['specificity', 'Specificity'], ['f1', 'F1'], ['brier', 'Brier score'], ['ece', 'Calibration error'], ['images', 'Images']];

let askedAt = 0;
let cards = new Map();

const idOf = (release) => release.name + ':' + release.version;
const figure = (value) => value === null || value === undefined ? '–' : value.toFixed(3);
const percent = (share) => (100 * share).toFixed(2) + ' %';

function fact(name, value, title) {
  if (value === null || value === undefined || value === '') return '';
  const said = element('dd', '', value);
  if (title) said.title = title;
  return element('div', '', element('dt', '', name), said);
}

// An evaluation names its images in front of the figure; one without a name is the release's own.
function figures(release) {
  const known = FIGURES.flatMap(([name, words]) => Object.keys(release.metrics)
    .filter((key) => key === name || key.endsWith('.' + name))
    .map((key) => fact(key === name ? words : words + ', ' + key.slice(0, -name.length - 1),
      name === 'images' ? whole.format(release.metrics[key]) : figure(release.metrics[key]))));
  return element('section', '', element('h3', '', 'Evaluation'),
    known.length > 0 ? element('dl', 'facts', ...known) : element('p', 'quiet', 'Its announcement gives no figures.'));
}

function lineage(release) {
  const made = release.lineage;
  const labels = Object.entries(made.labelOffsets).map(([partition, offset]) => partition + ': ' + offset).join(', ');
  return element('section', '', element('h3', '', 'Lineage'), element('dl', 'facts',
    fact('Architecture', release.architecture),
    fact('Positive from', release.threshold.toFixed(4)),
    fact('Parent', made.parent || 'none'),
    fact('Labels, next offset by partition', labels || 'none'),
    fact('Seed', String(made.seed)),
    fact('Code version', made.codeVersion),
    fact('Weights, SHA-256', release.sha256.slice(0, 16) + ' …', release.sha256)));
}

function shadow(release) {
  const seen = release.shadow;
  if (!seen && release.stage === 'PRODUCTION') return '';
  if (!seen) return element('section', '', element('h3', '', 'In shadow'), element('p', 'quiet', 'Not yet. Made by: ctstream model shadow ' + idOf(release)));
  const said = [element('h3', '', 'In shadow of ' + seen.against),
    element('p', '', element('strong', 'figure', percent(seen.otherwise)), ' called otherwise of ' + plural(seen.scans, 'scan', 'scans') + ': '
      + whole.format(seen.flipsToPositive) + ' to positive, ' + whole.format(seen.flipsToNegative) + ' to negative'
      + (seen.candidateIndeterminate > 0 ? ', ' + whole.format(seen.candidateIndeterminate) + ' it alone could not decide' : '')
      + (seen.kappa === null ? '' : '; kappa ' + figure(seen.kappa)) + '.')];
  if (seen.labelled > 0) {
    said.push(element('div', 'table', table('On labelled scans', ['On ' + plural(seen.labelled, 'labelled scan', 'labelled scans'), {text: 'This', number: true}, {text: seen.against, number: true}], [
      ['AUC', figure(seen.candidateAuc), figure(seen.productionAuc)],
      ['Brier score', figure(seen.candidateBrier), figure(seen.productionBrier)],
      ['Calibration error', figure(seen.candidateCalibrationError), figure(seen.productionCalibrationError)]])));
  }
  said.push(element('p', 'quiet small', (seen.mode === 'live' ? 'Live, ' : 'Replayed, ') + full(seen.from) + ' to ' + full(seen.to)
    + (seen.skipped > 0 ? '; ' + plural(seen.skipped, 'slice', 'slices') + ' not compared' : '')
    + (seen.medianMillis === null ? '' : '; ' + seen.medianMillis.toFixed(1) + ' ms per slice by ' + seen.engine)
    + '. By ' + seen.assessedBy + ', ' + age(seen.createdAt) + '.'));
  return element('section', '', ...said);
}

function serving(release, workers) {
  const by = workers.filter((worker) => worker.modelName === release.name && worker.modelVersion === release.version);
  if (by.length === 0 && !release.serving) return '';
  return element('section', '', element('h3', '', 'Workers'), by.length > 0
    ? element('p', '', 'Newest results by ' + by.map((worker) => worker.worker + ' (' + worker.engine + ' on ' + worker.device + ', ' + age(worker.lastAt) + ')').join(', ') + '.')
    : element('p', 'quiet', 'No result of it yet: workers may still be loading it, or say on /readyz why they cannot.'));
}

function button(release, now, answer) {
  if (!answer.operator || release.serving) return '';
  const made = element('button', release.previous ? 'primary' : '', release.before ? 'Roll back to this …' : 'Promote …');
  made.type = 'button';
  made.setAttribute('aria-label', (release.before ? 'Roll back to ' : 'Promote ') + idOf(release));
  made.disabled = Boolean(release.objection);
  made.addEventListener('click', () => ask(release, now, () => { askedAt = 0; refresh().catch(() => {}); }));
  return made;
}

function card(release, now, answer, workers) {
  const made = element('article', 'card release' + (release.serving ? ' now' : ''));
  made.dataset.release = idOf(release);
  const act = element('span', 'act', button(release, now, answer));
  made.append(element('header', '', element('h2', '', release.name + ' ' + release.version),
    release.serving ? element('span', 'tag now', 'in service') : element('span', 'tag ' + release.stage.toLowerCase(), WORDS[release.stage] || release.stage.toLowerCase()),
    release.trained ? '' : element('span', 'tag untrained', 'untrained'),
    element('span', 'quiet', 'since ' + full(release.releasedAt)
      + (release.changedBy ? ' by ' + release.changedBy : '') + (release.changeReason ? ': ' + release.changeReason : '')), act));
  if (release.objection && answer.operator && !release.serving) made.append(element('p', 'why small objection', release.objection + '.'));
  made.append(figures(release), lineage(release), shadow(release), serving(release, workers) || '');
  return made;
}

function show(answer, workers) {
  const now = answer.releases.find((release) => release.serving);
  const known = new Map();
  const shown = answer.releases.slice(0, MOST).map((release) => {
    // Times that grow are told anew each minute; a card under somebody's pointer stays where it is until then.
    const key = JSON.stringify([release, now && idOf(now), answer.operator, workers.map((worker) => [worker.worker, worker.modelName, worker.modelVersion]), Math.floor(Date.now() / 60000)]);
    const made = cards.get(key) || card(release, now, answer, workers);
    known.set(key, made);
    return made;
  });
  const focused = document.activeElement?.closest?.('#releases [data-release]')?.dataset.release;
  cards = known;
  place(byId('releases'), shown.length > 0 ? shown
    : [element('p', 'empty card', 'No release is announced: workers serve what their configuration says, or the release that comes with them.')]);
  if (focused && !document.activeElement?.closest?.('#releases')) byId('releases').querySelector('[data-release="' + CSS.escape(focused) + '"] button')?.focus();
  fill(byId('models-note'), answer.releases.length > MOST ? 'The newest ' + MOST + ' of ' + whole.format(answer.releases.length) + '. ' : '',
    answer.shadowKnown ? '' : 'How candidates did in shadow cannot be learnt now. ',
    answer.operator ? 'You may promote as ' + answer.operator + (answer.shadowRequired ? '; a new release has to have been in shadow.' : '.')
      : 'Operators may promote here (page.operators).');
}

export async function refresh() {
  if (Date.now() - askedAt < EACH_MS) return;
  askedAt = Date.now();
  try {
    const [answer, stream] = await Promise.all([get('/api/models'), get('/api/system/stream').catch(() => ({workers: []}))]);
    show(answer, stream.workers);
    byId('models-problem').hidden = true;
  } catch (failure) {
    if (failure.status === 0) throw failure;
    byId('models-problem').textContent = failure.message + ' ' + failure.remedy;
    byId('models-problem').hidden = false;
  }
}

export function open() {
  askedAt = 0;
}

export const keys = {Escape: () => { location.hash = '#/'; }};
