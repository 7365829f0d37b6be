// Stands in for a provider's own system, which nobody here has seen before: a tree register with a REST interface.
import { createServer } from 'node:http';

const TREES = [
  { gemeinde: '10045114', baumnr: 'B-1', art: 'Tilia cordata', hoehe_m: '14,5' },
  { gemeinde: '10045114', baumnr: 'B-2', art: 'Quercus robur', hoehe_m: '21,0' },
  { gemeinde: '10043114', baumnr: 'B-7', art: 'Acer campestre', hoehe_m: '9,2' },
];

let calls = 0;
const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://register');
  response.setHeader('content-type', 'application/json');
  if (url.pathname === '/calls') return response.end(JSON.stringify({ calls }));
  calls += 1;
  const wanted = (url.searchParams.get('schluessel') ?? '').split(',');
  response.end(
    JSON.stringify({ baeume: TREES.filter(({ gemeinde, baumnr }) => wanted.includes(`${gemeinde}/${baumnr}`)) }),
  );
});
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  process.stdout.write(`register at http://127.0.0.1:${server.address().port}\n`);
});
