// What can be told of a page without eyes: each finding is a sentence; none means that it is well.
() => {
  const found = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const visible = (e) => e.getClientRects().length > 0 && !e.closest('.hidden, [hidden], .skip');
  const named = (e) => `${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''} "${(e.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 40)}"`;

  // It fits, and can be read aloud.
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (over > 0) found.push(`scrolls to the right by ${over} px`);
  if (all('h1').length !== 1) found.push(`${all('h1').length} h1`);
  if (!document.documentElement.lang) found.push('no language');
  const title = document.title.replace(/ · Tuntas$/, '').trim();
  if (!title || title === 'Tuntas' || /^\d+$/.test(title)) found.push(`title "${document.title}"`);
  for (const e of all('input:not([type=hidden]):not([type=image]), select, textarea'))
    if (!([...e.labels].some((label) => label.textContent.trim()) || e.getAttribute('aria-label'))) found.push(`no label: ${e.name}`);
  for (const e of all('img, input[type=image]')) if (!e.hasAttribute('alt')) found.push(`no alt: ${e.outerHTML.slice(0, 60)}`);
  for (const e of all('button, a[href]'))
    if (!e.textContent.trim() && !e.getAttribute('aria-label') && !e.querySelector('img[alt]')) found.push(`no name: ${e.outerHTML.slice(0, 60)}`);

  // What points at something, points at something.
  const ids = all('[id]').map((e) => e.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) found.push(`id twice: ${id}`);
  const points = [...all('[aria-describedby]').flatMap((e) => e.getAttribute('aria-describedby').trim().split(/\s+/)), ...all('a[href^="#"]').map((e) => decodeURIComponent(e.getAttribute('href').slice(1)))];
  for (const id of points) if (id && !ids.includes(id)) found.push(`points at nothing: ${id}`);

  // WCAG 2.2, 2.5.5: what a finger touches is 44 px high; a link within a sentence is as high as its line.
  for (const e of all('a[href], button, summary, select, textarea, input:not([type=hidden])')) {
    if (!visible(e)) continue;
    const within = e.tagName === 'A' && e.parentElement.textContent.trim().length > e.textContent.trim().length + 2;
    const high = (e.closest('label') || e).getBoundingClientRect().height;
    // A dot on a map may be 24 px high (2.5.8): the list below it has the same links.
    const least = e.closest('svg.dots') ? 24 : 43.5;
    if ((!within || least === 24) && high < least) found.push(`${high.toFixed()} px high: ${named(e)}`);
  }

  // WCAG 2.2, 1.4.3: 4.5 to 1.
  const rgb = (text) => (text.match(/[\d.]+/g) || []).map(Number);
  const line = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => [r, g, b].map((v) => line(v / 255)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
  for (const e of all('body *')) {
    if (!visible(e) || ![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) continue;
    const a = light(rgb(getComputedStyle(e).color)), b = light(ground(e)), ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.push(`contrast ${ratio.toFixed(2)}: ${named(e)}`);
  }

  // No word of the code where people read; what is meant to be a code says so by its class.
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.textContent.trim();
    if (!text || texts.currentNode.parentElement.closest('.code, code, script, .words')) continue;
    const raw = text.match(/\b[a-z]+_[a-z_]+\b|\bcomplaint\.[a-z_]+|\b(?:None|True|False|undefined)\b|%\(|\d\d\.\d\d\.\d\d\.\d{4}/);
    if (raw) found.push(`a word of the code: ${raw[0]} in "${text.slice(0, 60)}"`);
  }
  return [...new Set(found)];
}
