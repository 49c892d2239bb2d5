export const whole = new Intl.NumberFormat();
const clock = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'});
const day = new Intl.DateTimeFormat(undefined, {month: 'short', day: '2-digit'});
const exact = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'long'});

export const time = (value) => clock.format(new Date(value));
export const date = (value) => day.format(new Date(value));
export const full = (value) => exact.format(new Date(value));

export function duration(ms) {
  if (ms < 0) return '0 ms';
  if (ms < 1000) return Math.round(ms) + ' ms';
  if (ms < 60000) return (ms / 1000).toFixed(ms < 10000 ? 2 : 1) + ' s';
  if (ms < 3600000) return (ms / 60000).toFixed(1) + ' min';
  if (ms < 48 * 3600000) return (ms / 3600000).toFixed(1) + ' h';
  return Math.round(ms / 86400000) + ' days';
}

export function age(value, now = Date.now()) {
  const seconds = Math.max(0, Math.round((now - new Date(value)) / 1000));
  if (seconds < 60) return seconds + ' s ago';
  if (seconds < 3600) return Math.floor(seconds / 60) + ' min ago';
  if (seconds < 86400) return Math.floor(seconds / 3600) + ' h ago';
  return Math.floor(seconds / 86400) + ' days ago';
}

export const word = (value) => value.charAt(0) + value.slice(1).toLowerCase();

export function probability(value) {
  // Never rounded to a certainty that the network did not give.
  if (value > 0.9995 && value < 1) return '> 0.999';
  if (value < 0.0005 && value > 0) return '< 0.001';
  return value.toFixed(3);
}

export const plural = (count, one, many) => whole.format(count) + ' ' + (count === 1 ? one : many);
