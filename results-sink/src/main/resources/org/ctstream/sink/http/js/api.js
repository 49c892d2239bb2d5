const TIMEOUT_MS = 15000;

// What the sink said instead of the answer, or that it said nothing.
export class Refusal extends Error {
  constructor(status, body) {
    super(body.message || 'The sink answers ' + status + '.');
    this.status = status;
    this.remedy = body.remedy || '';
  }
}

async function send(path, options) {
  let answer;
  try {
    answer = await fetch(path, {...options, signal: AbortSignal.timeout(TIMEOUT_MS)});
  } catch (failure) {
    throw new Refusal(0, {message: 'The sink cannot be reached.', remedy: 'Looking again each second.'});
  }
  if (!answer.ok) {
    let body = {};
    try {
      body = await answer.json();
    } catch (noJson) {
      // Then the status says enough.
    }
    throw new Refusal(answer.status, body);
  }
  return answer;
}

export async function get(path) {
  return (await send(path, {headers: {accept: 'application/json'}})).json();
}

export async function image(path) {
  return createImageBitmap(await (await send(path, {headers: {accept: 'image/png'}})).blob());
}

export async function post(path, body) {
  const answer = await send(path, {
    method: 'POST',
    headers: {accept: 'application/json', 'content-type': 'application/json', 'x-ctstream-page': '1'},
    body: JSON.stringify(body),
  });
  return answer.json();
}

// Not crypto.randomUUID: that is for pages by HTTPS alone.
export function freshId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
