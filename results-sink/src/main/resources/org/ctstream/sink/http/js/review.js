import {announce, byId} from './dom.js';
import {freshId, post} from './api.js';
import {verdictOf} from './history.js';
import {word} from './format.js';

const OTHER = {POSITIVE: 'NEGATIVE', NEGATIVE: 'POSITIVE'};
const WORDS = {confirmed: 'Confirm', corrected: 'Correct to', unsure: 'Unsure'};

let result = null;
let label = '';
let reviewId = '';
let sending = false;
let published = () => {};

const buttons = () => document.querySelectorAll('#review [data-verdict]');

// What a verdict means for this result; an indeterminate one can be neither confirmed nor turned round.
function labelOf(verdict) {
  if (verdict === 'unsure') return 'INDETERMINATE';
  const said = result.label === 'INDETERMINATE' ? {confirm: 'POSITIVE', correct: 'NEGATIVE'} : {confirm: result.label, correct: OTHER[result.label]};
  return said[verdict];
}

function show() {
  for (const button of buttons()) {
    const means = labelOf(button.dataset.verdict);
    button.setAttribute('aria-pressed', String(means === label));
    const open = result.label === 'INDETERMINATE' && means !== 'INDETERMINATE';
    button.querySelector('span').textContent = open ? word(means) : {confirm: 'Confirm ', correct: 'Correct to ', unsure: 'Unsure'}[button.dataset.verdict]
      + (means === 'INDETERMINATE' ? '' : means.toLowerCase());
    button.querySelector('kbd').textContent = open ? {POSITIVE: 'p', NEGATIVE: 'n'}[means] : {confirm: 'c', correct: 'x', unsure: 'u'}[button.dataset.verdict];
  }
  const publish = byId('publish');
  publish.disabled = !label || sending;
  const verdict = label && verdictOf(label, result.label);
  publish.textContent = sending ? 'Publishing …' : !label ? 'Choose a verdict'
    : 'Publish: ' + WORDS[verdict] + (verdict === 'unsure' ? '' : ' ' + word(label).toLowerCase());
}

export function choose(to) {
  if (!result || sending) return;
  label = to;
  reviewId = freshId();
  byId('review-state').textContent = '';
  show();
  byId('note').focus();
}

export const chooseVerdict = (verdict) => { if (result) choose(labelOf(verdict)); };

// True if there was a verdict to take back.
export function takeBack() {
  if (!label || sending) return false;
  label = '';
  byId('review-state').textContent = '';
  show();
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  return true;
}

export function begin(with_, after) {
  if (result && result.resultId !== with_.resultId) leave();
  result = with_;
  published = after;
  show();
}

// Until another result is there nothing can be said of any: a key that is too fast must not review the scan before.
export function leave() {
  result = null;
  label = '';
  sending = false;
  byId('note').value = '';
  byId('review-state').textContent = '';
}

function tell(text, kind) {
  byId('review-state').textContent = text;
  byId('review-state').className = kind;
  announce(text);
}

function outcome(review) {
  if (review.state === 'PUBLISHED') return ['Published to ct.scan.labeled.', 'good'];
  if (review.state === 'REFUSED') return ['Kept here only. ' + review.stateReason, 'bad'];
  return ['Kept here, not in Kafka yet. It is sent as soon as Kafka answers.', 'wait'];
}

async function send(event) {
  event.preventDefault();
  if (!label || sending) return;
  const of = result;
  const body = {reviewId, resultId: of.resultId, label, note: byId('note').value.trim() || null};
  const isShown = () => result !== null && result.resultId === of.resultId;
  sending = true;
  show();
  try {
    const review = await post('/api/reviews', body);
    if (isShown()) {
      label = '';
      byId('note').value = '';
      byId('note').blur();
      tell(...outcome(review));
    }
    published();
  } catch (failure) {
    tell(isShown() ? 'Not published: ' + failure.message + ' ' + advice(failure)
      : 'Your review of ' + of.scanId + ' may not be published: ' + failure.message + ' Open it and see.', 'bad');
  }
  if (isShown()) {
    sending = false;
    show();
  }
}

function advice(failure) {
  if (failure.status === 409) {
    // An attempt whose answer was lost has arrived, and said something else.
    reviewId = freshId();
    return 'Press Publish again to add this one.';
  }
  // With the same id it counts once, whether it arrived the first time or not.
  return failure.status >= 400 && failure.status < 500 ? failure.remedy : 'Press Publish again; it counts once.';
}

byId('review').addEventListener('submit', send);
for (const button of buttons()) button.addEventListener('click', () => chooseVerdict(button.dataset.verdict));
byId('note').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && label) {
    event.preventDefault();
    byId('review').requestSubmit();
  }
});
