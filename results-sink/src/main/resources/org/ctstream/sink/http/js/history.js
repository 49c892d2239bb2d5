import {element, place} from './dom.js';
import {full, word} from './format.js';

export function verdictOf(label, modelLabel) {
  return label === 'INDETERMINATE' ? 'unsure' : label === modelLabel ? 'confirmed' : 'corrected';
}

function stateOf(review) {
  if (review.state === 'PUBLISHED') {
    return element('p', 'state published small', 'Published: ' + review.place.topic + ', partition ' + review.place.partition
      + ', offset ' + review.place.offset);
  }
  if (review.state === 'PENDING') {
    return element('p', 'state pending small', 'Kept here, not in Kafka yet. It is sent as soon as Kafka answers.');
  }
  return element('p', 'state refused small', 'Kept here only, not for training. ' + review.stateReason);
}

function entry(review) {
  const verdict = verdictOf(review.label, review.modelLabel);
  const when = element('time', 'quiet small', full(review.reviewedAt));
  when.dateTime = review.reviewedAt;
  const made = element('li', '',
    element('p', '', element('span', 'verdict ' + verdict, verdict), ' ',
      verdict === 'corrected' ? word(review.modelLabel) + ' → ' + word(review.label) : verdict === 'unsure' ? '' : word(review.label),
      ' ', element('span', 'quiet', 'by ' + review.reviewedBy)),
    review.note ? element('p', 'note', review.note) : '', when, stateOf(review));
  return made;
}

export function history(parent, reviews) {
  const key = JSON.stringify(reviews);
  if (parent.dataset.key === key) return;
  parent.dataset.key = key;
  place(parent, reviews.length > 0
    ? reviews.map(entry)
    : [element('li', 'quiet', 'Nobody has reviewed this scan yet.')]);
}
