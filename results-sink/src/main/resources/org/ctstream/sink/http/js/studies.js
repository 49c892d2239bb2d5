import {byId, element, place} from './dom.js';
import {age, date, full, plural, probability, time, whole, word} from './format.js';
import {get} from './api.js';

const LIMIT = 50;

let shown = new Map(); // key of a row -> its element
let rows = [];
let after = '';
let next = null;
let selected = '';
let generation = 0;

export const studyPath = (studyUid) => '#/study/' + encodeURIComponent(studyUid);

const SAYS = {
  PROVISIONAL: 'slices are still expected',
  FINAL: 'no slice for the quiet time',
  AMENDED: 'changed after it was final',
};

export function state(study) {
  const said = element('span', 'study-state ' + study.state, word(study.state));
  const more = study.state === 'AMENDED' && !study.complete ? 'changed after it was final; slices are still expected' : SAYS[study.state];
  return [said, element('span', 'sub', more)];
}

// How the slices divide: a picture of the numbers beside it.
export function mix(slices) {
  const bar = element('span', 'mix');
  bar.setAttribute('aria-hidden', 'true');
  const total = slices.positive + slices.negative + slices.indeterminate;
  for (const [label, count] of [['POSITIVE', slices.positive], ['NEGATIVE', slices.negative], ['INDETERMINATE', slices.indeterminate]]) {
    if (count === 0) continue;
    const part = element('span', label);
    // A single positive slice among hundreds has to be seen.
    part.style.width = Math.max(6, 100 * count / total) + '%';
    bar.append(part);
  }
  return bar;
}

export const total = (slices) => slices.positive + slices.negative + slices.indeterminate;

function link(study) {
  const made = element('a', 'scan-id', study.studyUid);
  made.href = studyPath(study.studyUid);
  made.dataset.study = study.studyUid;
  made.title = study.studyUid;
  made.addEventListener('focus', () => { selected = study.studyUid; });
  return made;
}

function build(row) {
  const study = row.study;
  const summary = study.summary;
  const made = element('tr', 'row ' + study.label + (summary.modelTrained ? '' : ' untrained-row'));
  const finding = element('td', 'finding-cell', element('span', 'badge ' + study.label, word(study.label)));
  if (summary.priority === 'STAT') finding.append(' ', element('span', 'tag stat past', 'STAT'));
  const slices = element('td', '', mix(summary.slices), ' ', plural(total(summary.slices), 'slice', 'slices'),
    element('span', 'sub', whole.format(summary.slices.positive) + ' positive, ' + whole.format(summary.slices.indeterminate) + ' indeterminate'));
  const worst = element('td', '', probability(summary.worst.probability));
  if (!summary.modelTrained) worst.append(' ', element('span', 'tag untrained', 'untrained'));
  worst.append(element('span', 'sub', 'mean ' + probability(summary.meanProbability)));
  const name = element('th', '', link(study), element('span', 'sub', summary.sources.join(', ')));
  name.scope = 'row';
  const began = element('time', '', time(study.firstSliceAt));
  began.dateTime = study.firstSliceAt;
  const when = element('td', '', began, element('span', 'sub', date(study.firstSliceAt)));
  when.title = full(study.firstSliceAt) + ', ' + age(study.firstSliceAt);
  made.append(finding, worst, name, slices, element('td', '', ...state(study)), element('td', 'number', whole.format(study.revision)), when);
  made.addEventListener('click', (event) => {
    if (!(event.target instanceof HTMLAnchorElement)) location.hash = studyPath(study.studyUid);
  });
  return made;
}

function list(page) {
  const now = new Map();
  for (const row of page.studies) {
    const key = row.study.studyUid + ' ' + row.study.revision;
    now.set(key, shown.get(key) || build(row));
  }
  // What has the focus is made anew when its row changes; the focus goes with it.
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.study : undefined;
  place(byId('study-rows'), [...now.values()]);
  shown = now;
  rows = page.studies;
  next = page.next;
  if (focused && document.activeElement === document.body) focus(rows.findIndex((row) => row.study.studyUid === focused));
  byId('studies-empty').hidden = rows.length > 0;
  byId('studies-empty').textContent = byId('s-label').value || byId('s-state').value || after
    ? 'No studies of this kind. Choose all to see the others.'
    : 'No studies yet. Slices that carry a study appear here together, some seconds after the first.';
  byId('studies-more').disabled = !next;
  byId('studies-first').disabled = !after;
}

export async function refresh() {
  const mine = ++generation;
  const values = new URLSearchParams({limit: LIMIT});
  if (byId('s-label').value) values.set('label', byId('s-label').value);
  if (byId('s-state').value) values.set('state', byId('s-state').value);
  if (after) values.set('after', after);
  const page = await get('/api/studies?' + values);
  // An answer that was overtaken by a change of filter is not shown.
  if (mine === generation) list(page);
}

export function select(studyUid) {
  const at = rows.findIndex((row) => row.study.studyUid === studyUid);
  if (at >= 0) focus(at);
}

function focus(index) {
  const links = byId('study-rows').querySelectorAll('a.scan-id');
  if (links.length > 0) links[Math.max(0, Math.min(links.length - 1, index))].focus();
}

const index = () => rows.findIndex((row) => row.study.studyUid === selected);

function jump(to) {
  after = to;
  shown = new Map();
  refresh().catch(() => {});
}

export const keys = {
  j: () => focus(index() + 1),
  k: () => focus(index() < 0 ? 0 : index() - 1),
  Enter: () => {
    if (document.activeElement !== document.body || index() < 0) return false;
    location.hash = studyPath(rows[index()].study.studyUid);
    return true;
  },
  Escape: () => { location.hash = '#/'; },
};

for (const id of ['s-label', 's-state']) byId(id).addEventListener('change', () => jump(''));
byId('studies-first').addEventListener('click', () => jump(''));
byId('studies-more').addEventListener('click', () => jump(next || ''));
