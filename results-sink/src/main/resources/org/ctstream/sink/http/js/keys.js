// One place for all keys, so that none means two things: the view in front first, then those that hold everywhere.

let ofView = {};
const everywhere = {};

export const setViewKeys = (keys) => { ofView = keys; };
export const setKeys = (keys) => { Object.assign(everywhere, keys); };

function isTyping(target) {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
    || (target instanceof HTMLInputElement && target.type !== 'range');
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.querySelector('dialog[open]')) return;
  if (isTyping(event.target) && event.key !== 'Escape') return;
  const action = ofView[event.key] || everywhere[event.key];
  if (action && action(event) !== false) event.preventDefault();
});
