// What WCAG 2.1 asks that a program can see: names of controls (4.1.2), contrast of text (1.4.3, AA), one main heading.
(() => {
  const problems = [];
  const visible = (node) => node.checkVisibility({visibilityProperty: true}) && node.getClientRects().length > 0;
  const parse = (colour) => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    const context = canvas.getContext('2d', {willReadFrequently: true});
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, top) => top[3] === 0 ? below : over(top, below),
      matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18, 1] : [255, 255, 255, 1]);
  };
  const luminance = (colour) => colour.slice(0, 3).map((c) => c / 255)
    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  const name = (control) => control.getAttribute('aria-label') || control.innerText?.trim() || control.getAttribute('title')
    || [...(control.labels || [])].map((label) => label.innerText).join(' ').trim();
  for (const control of document.querySelectorAll('button, input, select, textarea, a[href]')) {
    if (visible(control) && !name(control)) problems.push('no name: ' + control.outerHTML.slice(0, 120));
  }
  for (const node of document.body.querySelectorAll('*')) {
    const own = [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
    if (!own || !visible(node) || node.closest('.hidden, canvas, :disabled') || node.classList.contains('message')) continue;
    const style = getComputedStyle(node);
    const below = ground(node);
    const colour = node instanceof SVGElement ? style.fill : style.color;
    const text = over(parse(colour), below);
    const found = contrast(text, below);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (found < (large ? 3 : 4.5)) {
      problems.push(found.toFixed(2) + ' contrast: "' + node.textContent.trim().slice(0, 40) + '" ' + node.className);
    }
  }
  const headings = [...document.querySelectorAll('h1')].filter(visible).length;
  if (headings !== 1) problems.push(headings + ' headings of the first level');
  return problems;
})()
