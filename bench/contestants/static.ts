import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

// The finished bytes of the answer, sent by node:http: what no gateway in Node can be faster than.
const bytes = readFileSync(process.env['ANSWER_PATH'] ?? '');
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length };
createServer((request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(200, headers).end(bytes));
}).listen(Number(process.env['PORT']), '127.0.0.1');
