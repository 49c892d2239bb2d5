import {element, table} from './dom.js';
import {age, plural, whole} from './format.js';

const STATES = {STEADY: 'steady', SHIFTING: 'shifting', SHIFTED: 'shifted'};

function badge(of, comparison) {
  const made = element('span', 'drift ' + comparison.state, STATES[comparison.state] + ' ' + comparison.psi.toFixed(2));
  made.title = of + ': PSI ' + comparison.psi.toFixed(3) + ' (by chance up to ' + comparison.psiByChance.toFixed(3) + '), Kolmogorov-Smirnov '
    + comparison.ks.toFixed(3) + ', ' + plural(comparison.reference, 'result', 'results') + ' to compare with';
  return made;
}

function compared(probabilities, embeddings) {
  if (!probabilities && !embeddings) return element('span', 'quiet', 'not known');
  return element('span', '', probabilities ? badge('probabilities', probabilities) : '',
    ...(embeddings ? [' embeddings ', badge('embeddings', embeddings)] : []));
}

const percent = (share) => (100 * share).toFixed(1) + ' %';

export function drift(report) {
  if (!report.at) return [element('p', 'quiet', 'Not looked for yet.')];
  if (report.sources.length === 0) return [element('p', 'quiet', 'No results in the last ' + plural(report.windowHours, 'hour', 'hours') + '.')];
  return [table('Drift by source', ['Source', 'Model', {text: 'Results', number: true}, {text: 'Indeterminate', number: true},
    {text: 'Mean probability', number: true}, 'Against training', 'Against earlier', ''],
  report.sources.map((one) => [one.source, one.model + ' ' + one.version, whole.format(one.results), percent(one.indeterminateShare),
    one.meanProbability === null ? '–' : one.meanProbability.toFixed(2), compared(one.training, one.trainingEmbeddings), compared(one.earlier, one.earlierEmbeddings),
    element('span', 'quiet', one.note)])),
  element('p', 'quiet small', 'Population stability index: below 0.1 steady, above 0.25 shifted. Of the last ' + plural(report.windowHours, 'hour', 'hours')
    + ', up to 1,000 results of each source; looked for ' + age(report.at) + '. It says that something changed, not what: other patients do it too.')];
}
