import {element, table} from './dom.js';
import {age, duration, plural, whole} from './format.js';
import {columns, share} from './bars.js';

const STAGES = {ingest: 'Ingest: decode and resize', inference: 'Inference, with its queue', sink: 'Sink: store', all: 'Received to stored'};
const GROUP_STAGE = {ingest: 'Ingest', inference: 'Inference', sink: 'Sink'};

let releases = [];
let newestWorker = null;

export const release = (name, version) => releases.find((known) => known.name === name && known.version === version);
export const keepReleases = (known) => { releases = known; };
export const serving = () => releases.find((known) => known.serving);

export function throughput(stream) {
  const last = stream.minutes.slice(-6, -1);
  const perSecond = last.reduce((sum, count) => sum + count, 0) / (60 * last.length);
  return [element('p', 'quiet', element('strong', 'figure', perSecond.toFixed(perSecond < 10 ? 2 : 1)), ' scans per second over the last five whole minutes'),
    columns(stream.minutes)];
}

export function stages(stream) {
  if (stream.stages.length === 0) return [element('p', 'quiet', 'No results yet.')];
  const most = Math.max(...stream.stages.map((stage) => stage.p95));
  return [table('Latency by stage', ['Stage', {text: 'p50', number: true}, {text: 'p95', number: true}, {text: 'p99', number: true}, ''],
    stream.stages.map((stage) => [STAGES[stage.name] || stage.name, duration(stage.p50), duration(stage.p95), duration(stage.p99),
      share(stage.p95, most)])),
    element('p', 'quiet small', 'Of the newest ' + plural(stream.sample, 'result', 'results') + '; bars show p95.')];
}

export function workers(stream) {
  newestWorker = stream.workers.reduce((newest, worker) => !newest || worker.lastAt > newest.lastAt ? worker : newest, null);
  if (stream.workers.length === 0) return [element('p', 'quiet', 'No results yet.')];
  return [table('Workers', ['Worker', 'Engine', 'Device', 'Model', {text: 'Results', number: true}, 'Newest'],
    stream.workers.map((worker) => {
      const model = element('span', '', worker.modelName + ' ' + worker.modelVersion);
      if (!worker.modelTrained) model.append(' ', element('span', 'tag untrained', 'untrained'));
      return [worker.worker, worker.engine, worker.device, model, whole.format(worker.results), age(worker.lastAt)];
    })),
    element('p', 'quiet small', 'Of the newest ' + plural(stream.sample, 'result', 'results') + '.')];
}

function partitions(group) {
  const cells = element('span', 'partitions');
  for (const partition of group.partitions) {
    const cell = element('span', partition.lag <= 1 ? 'idle' : partition.lag < 100 ? 'some' : 'much', whole.format(partition.lag));
    cell.title = 'Partition ' + partition.partition + ': next ' + (partition.next ?? 'not begun') + ', end ' + partition.end;
    cells.append(element('span', 'hidden', 'partition ' + partition.partition + ': '), cell);
  }
  return cells;
}

export function lag(answer) {
  if (answer.groups.length === 0) return [element('p', 'quiet', 'No group has read anything yet.')];
  return [table('Lag by consumer group', ['Stage', 'Lane', 'Group', 'Topic', {text: 'Records behind', number: true}, 'By partition'],
    answer.groups.map((group) => [GROUP_STAGE[group.stage] || group.stage, group.lane ? group.lane.toUpperCase() : 'all',
      element('span', '', group.group, group.kind.toLowerCase() === 'share' ? element('span', 'sub', 'share group') : ''), group.topic, whole.format(group.lag), partitions(group)])),
    element('p', 'quiet small', 'Exactly-once writers leave a mark behind their records, which counts as one: up to 1 per partition is no lag.')];
}

export function letters(report) {
  if (report.causes.length === 0) return [element('p', 'quiet', 'None. Every scan became a result.')];
  const most = report.causes[0].count;
  return [table('Dead letters by cause', ['Cause', 'Stage', 'Topic', {text: 'Letters', number: true}, 'Newest', ''],
    report.causes.map((cause) => [cause.reason, cause.stage, cause.topic, whole.format(cause.count), age(cause.newestMs), share(cause.count, most)])),
    element('p', 'quiet small', (report.complete ? '' : 'Still counting. ') + 'Up to 2,000 of each partition from before this sink began, and all since. '
      + 'They are listed, explained and sent back by "ctstream dead-letters".')];
}

function metric([name, value]) {
  return element('div', '', element('dt', '', name), element('dd', '', Math.abs(value) < 10 ? value.toFixed(3) : whole.format(value)));
}

// Workers that nobody told otherwise serve what their configuration says, or the release that comes with them.
function unannounced() {
  const said = [element('p', 'quiet', 'None is announced as in production: workers serve what their configuration says.')];
  if (newestWorker) {
    said.unshift(element('p', 'said', element('strong', 'figure', newestWorker.modelName + ' ' + newestWorker.modelVersion),
      newestWorker.modelTrained ? '' : element('span', 'tag untrained', 'untrained')));
    said.push(element('p', 'quiet', 'The newest result is by this one, by ' + newestWorker.worker + '.'));
  }
  return said;
}

export function models(answer) {
  const now = answer.releases.find((known) => known.serving);
  const head = now
    ? [element('p', 'said', element('strong', 'figure', now.name + ' ' + now.version), now.trained ? '' : element('span', 'tag untrained', 'untrained')),
      now.trained ? '' : element('p', 'loud', 'No training has made this model: its probabilities mean nothing.'),
      element('p', 'quiet', now.architecture + ', positive from ' + now.threshold.toFixed(3) + ', in production since ' + age(now.releasedAt).replace(' ago', '')),
      element('dl', 'facts', ...Object.entries(now.metrics).slice(0, 8).map(metric))]
    : unannounced();
  const rest = answer.releases.filter((known) => !known.serving).slice(0, 8);
  if (rest.length > 0) {
    head.push(table('Other releases', ['Release', 'Stage', 'Announced'], rest.map((known) =>
      [known.name + ' ' + known.version + (known.trained ? '' : ' (untrained)'), known.stage.toLowerCase(), age(known.releasedAt)])));
  }
  return head;
}
