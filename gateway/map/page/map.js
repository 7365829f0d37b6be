// Search over the drawing and the tables, and the health of now. Nothing is fetched from anywhere else.
const search = document.querySelector('#search');
const found = document.querySelector('#found');
const health = document.querySelector('#health');
const boxes = [...document.querySelectorAll('svg [data-id]')];
const rows = [...document.querySelectorAll('tbody tr')];

document.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault();
  boxes.find((box) => !box.classList.contains('dim'))?.focus();
});

search.addEventListener('input', () => {
  const word = search.value.trim().toLowerCase();
  const fits = (element) => word === '' || element.textContent.toLowerCase().includes(word);
  let count = 0;
  for (const box of boxes) {
    const isShown = fits(box);
    box.classList.toggle('dim', !isShown);
    if (isShown) count += 1;
  }
  for (const row of rows) row.classList.toggle('hidden', !fits(row));
  found.textContent = word === '' ? '' : `${count} of ${boxes.length} boxes`;
});

async function showHealth() {
  try {
    const response = await fetch('/map/health.json');
    const states = await response.json();
    for (const box of boxes) if (box.dataset.id in states) box.classList.toggle('down', !states[box.dataset.id]);
    for (const row of rows)
      if (row.dataset.id in states) row.querySelector('.health').textContent = states[row.dataset.id] ? 'up' : 'down';
    const down = Object.values(states).filter((isUp) => !isUp).length;
    const text = down === 0 ? 'All instances are up.' : `${down} of ${Object.keys(states).length} instances are down.`;
    if (health.textContent !== text) health.textContent = text;
  } catch {
    health.textContent = 'The gateway does not answer.';
  }
}

await showHealth();
setInterval(showHealth, 5000);
