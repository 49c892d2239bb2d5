import {byId, element, fill} from './dom.js';
import {get} from './api.js';
import {drift} from './drift.js';
import {keepReleases, lag, letters, models, serving, stages, throughput, workers} from './panels.js';

const EACH_MS = 3000;

let askedAt = 0;

// A panel that cannot be filled says why, and hides no other.
async function panel(path, ids) {
  try {
    const answer = await get(path);
    for (const [id, show] of Object.entries(ids)) fill(byId(id), ...show(answer));
  } catch (failure) {
    for (const id of Object.keys(ids)) fill(byId(id), element('p', 'problem', failure.message + ' ' + failure.remedy));
    if (failure.status === 0) throw failure;
  }
}

export async function refresh() {
  if (Date.now() - askedAt < EACH_MS) return;
  askedAt = Date.now();
  await Promise.all([
    panel('/api/system/stream', {throughput, stages, workers}),
    panel('/api/system/lag', {lag}),
    panel('/api/system/dead-letters', {letters}),
    panel('/api/drift', {drift}),
    panel('/api/system/models', {model: (answer) => {
      keepReleases(answer.releases);
      return models(answer);
    }}),
  ]);
}

export function open() {
  askedAt = 0;
}

// For the line in the page's head, seldom.
export async function refreshServing() {
  const answer = await get('/api/system/models');
  keepReleases(answer.releases);
  const announced = serving();
  const now = announced || (await get('/api/stats')).models[0];
  fill(byId('serving'), now ? announced ? 'In service: ' : 'Newest result by: ' : '',
    now ? element('strong', '', now.name + ' ' + now.version) : '',
    now && !now.trained ? element('span', 'tag untrained', 'untrained') : '');
}

export const keys = {Escape: () => { location.hash = '#/'; }};
