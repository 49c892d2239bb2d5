import './help.js';
import * as models from './models.js';
import * as scan from './scan.js';
import * as studies from './studies.js';
import * as study from './study.js';
import * as system from './system.js';
import * as worklist from './worklist.js';
import {byId} from './dom.js';
import {setKeys, setViewKeys} from './keys.js';
import {time} from './format.js';

const EACH_MS = 1000;
const SERVING_EACH_MS = 15000;
const VIEWS = {worklist, scan, system, studies, study, models};

let current = '';
let lastScan = '';
let lastStudy = '';
let paused = false;
let servingAt = 0;

function state(name, text) {
  byId('live').dataset.state = name;
  byId('live-text').textContent = text;
}

function target() {
  const [, view, id] = location.hash.split('/');
  if ((view === 'scan' || view === 'study') && id) {
    try {
      return [view, decodeURIComponent(id)];
    } catch (malformed) {
      return ['worklist', ''];
    }
  }
  return [view !== 'scan' && view !== 'study' && Object.hasOwn(VIEWS, view || '') ? view : 'worklist', ''];
}

function route() {
  if (location.hash === '#main') return;
  const [view, id] = target();
  const before = current;
  current = view;
  for (const name of Object.keys(VIEWS)) byId(name).hidden = name !== view;
  for (const link of document.querySelectorAll('nav [data-view]')) {
    if (link.dataset.view === (view === 'study' ? 'studies' : view)) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  setViewKeys(VIEWS[view].keys);
  document.title = 'ctstream ' + (id || view);
  if (view === 'scan') {
    lastScan = id;
    scan.open(id);
    // Who came by a link to a scan has no list to step through yet.
    if (!before) worklist.refresh().then(scan.showSteps).catch(() => {});
    byId('main').focus({preventScroll: true});
    scrollTo(0, 0);
  } else if (view === 'study') {
    lastStudy = id;
    study.open(id);
    byId('main').focus({preventScroll: true});
    scrollTo(0, 0);
  } else if (view === 'studies') {
    if (before === 'study') studies.select(lastStudy);
  } else if (VIEWS[view].open) {
    VIEWS[view].open();
  } else if (before === 'scan') {
    worklist.select(lastScan);
  }
  refresh();
}

async function refresh() {
  try {
    await VIEWS[current].refresh();
    if (!paused) state('live', 'Live, ' + time(Date.now()));
  } catch (failure) {
    state('lost', failure.message);
    return;
  }
  try {
    if (current === 'worklist') await worklist.refreshCounts();
    if (Date.now() - servingAt > SERVING_EACH_MS) {
      servingAt = Date.now();
      await system.refreshServing();
    }
  } catch (failure) {
    // Counts and the model's name are not what the page is for; they come with a later refresh.
  }
}

async function loop() {
  if (!paused && !document.hidden) await refresh();
  setTimeout(loop, EACH_MS);
}

byId('pause').addEventListener('click', () => {
  paused = !paused;
  byId('pause').setAttribute('aria-pressed', String(paused));
  if (paused) state('waiting', 'Paused');
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && !paused) refresh();
});
setKeys({
  w: () => { location.hash = '#/'; },
  t: () => { location.hash = '#/studies'; },
  s: () => { location.hash = '#/system'; },
  m: () => { location.hash = '#/models'; },
});
addEventListener('hashchange', route);
route();
setTimeout(loop, EACH_MS);
