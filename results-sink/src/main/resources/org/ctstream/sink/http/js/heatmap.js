// Value (r, c) of the map belongs to the r-th band of rows and the c-th band of columns of the slice. Between the bands'
// centres it is interpolated; beyond the outermost centres it stays.

const SIDE = 224;

function at(map, row, column) {
  const r = Math.max(0, Math.min(map.rows - 1, row));
  const c = Math.max(0, Math.min(map.columns - 1, column));
  return map.values[r * map.columns + c] || 0;
}

function interpolated(map, y, x) {
  const row = (y + 0.5) * map.rows / SIDE - 0.5;
  const column = (x + 0.5) * map.columns / SIDE - 0.5;
  const r = Math.floor(row);
  const c = Math.floor(column);
  const down = row - r;
  const right = column - c;
  return (at(map, r, c) * (1 - right) + at(map, r, c + 1) * right) * (1 - down)
    + (at(map, r + 1, c) * (1 - right) + at(map, r + 1, c + 1) * right) * down;
}

// From clear over yellow and orange to red, as the scale under the slice shows. The lowest part stays clear: over the whole
// slice it would only dull what is to be seen.
const CLEAR = 0.15;

function colour(value, pixels, i) {
  const v = Math.max(0, Math.min(1, (value - CLEAR) / (1 - CLEAR)));
  pixels[i] = Math.round(255 - 31 * v * v);
  pixels[i + 1] = Math.round(225 * (1 - v));
  pixels[i + 2] = Math.round(60 - 30 * v);
  pixels[i + 3] = Math.round(255 * v);
}

export function draw(canvas, map) {
  const context = canvas.getContext('2d');
  context.clearRect(0, 0, canvas.width, canvas.height);
  if (!map) return;
  const image = context.createImageData(SIDE, SIDE);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) colour(interpolated(map, y, x), image.data, 4 * (y * SIDE + x));
  }
  context.putImageData(image, 0, 0);
}
