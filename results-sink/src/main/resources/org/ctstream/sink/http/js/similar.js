import {byId, element, fill} from './dom.js';
import {full, plural, probability, word} from './format.js';
import {get, image} from './api.js';
import {scanPath} from './worklist.js';

const EACH_MS = 30000;
const SHOWN = 6;

let asked = '';
let askedAt = 0;
let shown = '';

const scan = (scanId) => '/api/scans/' + encodeURIComponent(scanId);

function nearby(found) {
  const name = found.scanId.length > 20 ? found.scanId.slice(0, 18) + ' …' : found.scanId;
  const picture = element('canvas');
  picture.width = picture.height = 224;
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', 'CT slice of that scan');
  const link = element('a', '', element('span', 'thumb', picture), element('span', 'who', name));
  link.href = scanPath(found.scanId);
  link.title = found.scanId;
  const read = element('p', '', 'Reader: ', element('span', 'badge ' + found.label, word(found.label)));
  read.title = 'Reviewed ' + full(found.reviewedAt);
  const made = element('li', '', link, read,
    element('p', 'small', 'similarity ', element('strong', '', found.similarity.toFixed(3))),
    element('p', 'quiet small', 'model: ' + word(found.modelLabel).toLowerCase() + ', ' + probability(found.probability)));
  return {made, picture, scanId: found.scanId};
}

// One after the other: a slice is read from Kafka, and the reader's own scan comes first.
async function pictures(list, of) {
  for (const each of list) {
    if (of !== shown) return;
    try {
      const bitmap = await image(scan(each.scanId) + '/slice');
      each.picture.width = bitmap.width;
      each.picture.height = bitmap.height;
      each.picture.getContext('2d').drawImage(bitmap, 0, 0);
    } catch (failure) {
      each.picture.replaceWith(element('span', 'gone', failure.status === 410 ? 'slice no longer in Kafka' : 'slice not to be had now'));
    }
  }
}

function summary(answer) {
  const positive = answer.cases.filter((found) => found.label === 'POSITIVE').length;
  const share = Math.round(100 * answer.comparedPositive / answer.compared);
  return element('p', 'said', 'Readers found ' + positive + ' of these ' + plural(answer.cases.length, 'case', 'cases') + ' positive; of all '
    + plural(answer.compared, 'case', 'cases') + ' compared, ' + share + ' %.');
}

function said(result) {
  return element('p', 'quiet small', (result.modelTrained ? '' : 'An untrained model\u2019s likeness means nothing. ')
    + 'Scans of other patients that readers have confirmed or corrected, one of each patient, by how alike this network sees them: '
    + 'the cosine of its last features, 1 at most. 0.8 and more is usual between any two slices; the order is what counts. '
    + 'Alike may be the anatomy, the scanner or the height of the slice as well as a disease. It is no second opinion.');
}

function none(answer) {
  return element('p', 'quiet', answer.embedded
    ? 'No confirmed cases yet. They appear here once reviews of other patients\u2019 scans are published that this model has classified too.'
    : 'This result has no embedding to compare: its network or engine gives none, its worker does not publish it, or it is of an earlier version.');
}

function show(answer, result) {
  const key = JSON.stringify([answer.resultId, answer.compared, answer.comparedPositive, answer.cases]);
  if (key === shown) return;
  shown = key;
  if (answer.cases.length === 0) {
    fill(byId('similar'), none(answer));
    return;
  }
  const list = answer.cases.map(nearby);
  const cases = element('ol', 'nearby', ...list.map((each) => each.made));
  fill(byId('similar'), summary(answer), cases, said(result));
  pictures(list, key);
}

// Called with every refresh of the scan; asks when there is another result, and now and then for new reviews.
export async function similar(scanId, result) {
  const other = result.resultId !== asked;
  if (!other && Date.now() - askedAt < EACH_MS) return;
  if (other) {
    shown = '';
    fill(byId('similar'), element('p', 'quiet', 'Looking for confirmed cases'));
  }
  asked = result.resultId;
  askedAt = Date.now();
  try {
    const answer = await get(scan(scanId) + '/similar?limit=' + SHOWN);
    if (asked !== result.resultId) return;
    show(answer, result);
    // The sink answers with what it has and reads what is new meanwhile.
    if (answer.renewing) askedAt = Date.now() - EACH_MS + 2000;
  } catch (failure) {
    if (asked !== result.resultId || shown) return;
    fill(byId('similar'), element('p', 'quiet', failure.message + ' ' + failure.remedy));
    askedAt = Date.now() - EACH_MS + 4000;
  }
}
