import {announce, byId} from './dom.js';
import {post} from './api.js';

let wanted = '';
let replaces = null;
let path = '';
let sending = false;
let done = () => {};

const dialog = byId('promote');

function allow() {
  byId('promote-send').disabled = sending || byId('promote-confirm').value.trim() !== wanted;
}

// Asks for the release's name by hand: promoting changes what every scan from now on is told.
export function ask(release, now, after) {
  wanted = release.name + ':' + release.version;
  replaces = now ? now.name + ':' + now.version : null;
  path = '/api/models/' + encodeURIComponent(release.name) + '/' + encodeURIComponent(release.version) + '/promote';
  done = after;
  sending = false;
  const back = release.before;
  byId('promote-title').textContent = (back ? 'Roll back to ' : 'Promote ') + wanted;
  byId('promote-effect').textContent = (replaces ? wanted + ' replaces ' + replaces + ' in production.'
    : 'No release is in production; ' + wanted + ' takes the place of the default release.')
    + (release.trained ? '' : ' No training has made it: its probabilities mean nothing.')
    + (back || release.shadow ? '' : ' It has not been in shadow.');
  byId('promote-ask').textContent = 'Type ' + wanted + ' to confirm';
  byId('promote-send').textContent = back ? 'Roll back' : 'Promote';
  byId('promote-reason').value = byId('promote-confirm').value = byId('promote-problem').textContent = '';
  allow();
  dialog.showModal();
  byId('promote-reason').focus();
}

async function send(event) {
  event.preventDefault();
  if (byId('promote-send').disabled) return;
  sending = true;
  allow();
  try {
    const answer = await post(path, {confirm: wanted, replaces, reason: byId('promote-reason').value.trim() || null});
    dialog.close();
    announce(answer.release + ' is in production.');
    done();
  } catch (failure) {
    byId('promote-problem').textContent = failure.message + ' ' + failure.remedy;
  }
  sending = false;
  allow();
}

byId('promote-form').addEventListener('submit', send);
byId('promote-confirm').addEventListener('input', allow);
byId('promote-cancel').addEventListener('click', () => dialog.close());
