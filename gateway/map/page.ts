import { instanceId } from '../../lib/map/boxes.js';
import type { FederationMap } from '../../lib/map/model.js';

/** The page: the drawing, a search over it, and the same as tables. Scripts and styles are files of ours. */
export const writePage = (map: FederationMap, svg: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Map of the federation</title>
<link rel="stylesheet" href="/map/map.css">
<script type="module" src="/map/map.js"></script>
</head>
<body>
<header>
<h1>Map of the federation</h1>
<form role="search"><label for="search">Search</label> <input id="search" type="search" autocomplete="off">
<output id="found" for="search" aria-live="polite"></output></form>
<p id="health" role="status"></p>
</header>
<main>
<section aria-labelledby="drawing"><h2 id="drawing">Drawing</h2>
<p>From left to right: providers, what they run for whom, subgraphs, and the types whose fields they answer. A dashed line
adds fields to a type of another subgraph.</p>
<div class="drawing" tabindex="0" role="region" aria-label="Drawing, scrollable">${svg}</div></section>
<section aria-labelledby="instances"><h2 id="instances">Who runs what for whom</h2>
<table><thead><tr><th scope="col">Subgraph</th><th scope="col">Provider</th><th scope="col">Municipalities</th><th scope="col">Health</th></tr></thead>
<tbody>${instanceRows(map)}</tbody></table></section>
<section aria-labelledby="types"><h2 id="types">Which subgraph answers which field</h2>
<table><thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Subgraphs</th></tr></thead>
<tbody>${fieldRows(map)}</tbody></table></section>
</main>
</body>
</html>
`;

const instanceRows = ({ subgraphs, providers }: FederationMap): string =>
  subgraphs
    .flatMap(({ name, instances }) =>
      instances.map((instance) => {
        const provider = providers.find(({ id }) => id === instance.provider)?.name ?? instance.provider;
        const cells = [name, provider, instance.municipalities.join(', ')].map(cell).join('');
        return `<tr data-id="${escaped(instanceId(name, instance))}">${cells}<td class="health">–</td></tr>`;
      }),
    )
    .join('\n');

const fieldRows = ({ types }: FederationMap): string =>
  types
    .flatMap(({ name, fields }) =>
      fields.map(
        (field) => `<tr>${[`${name}.${field.name}`, field.type, field.subgraphs.join(', ')].map(cell).join('')}</tr>`,
      ),
    )
    .join('\n');

const cell = (text: string): string => `<td>${escaped(text)}</td>`;

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
