import ElkModule, { type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { Arrow, Box, Drawing } from './boxes.js';

/** Sizes in pixels of the drawing. */
const CHARACTER = 7.6;
const LINE = 17;
const PADDING = 10;
const MOST_CHARACTERS = 60;

/**
 * Draws boxes and arrows from left to right as one SVG that needs nothing from elsewhere: colours by class, text as
 * text, each box focusable and labelled. Takes a moment and keeps its thread busy: not for a thread that answers
 * requests.
 */
export async function drawSvg({ boxes, arrows }: Drawing, title: string): Promise<string> {
  const elk = new ElkModule.default();
  const laid: ElkNode = await elk.layout({
    id: 'map',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.layered.spacing.nodeNodeBetweenLayers': '90',
      'elk.spacing.nodeNode': '18',
      'elk.partitioning.activate': 'true',
    },
    children: boxes.map(toNode),
    edges: arrows.map(({ from, to }, index) => ({ id: String(index), sources: [from], targets: [to] })),
  });
  const lines = arrows.map((arrow, index) => drawArrow(arrow, laid, index));
  const drawn = boxes.map((box) =>
    drawBox(
      box,
      laid.children?.find(({ id }) => id === box.id),
    ),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="group" aria-label="${escaped(title)}" viewBox="0 0 ${laid.width} ${laid.height}" width="${laid.width}" height="${laid.height}" font-family="ui-sans-serif, system-ui, sans-serif" font-size="13">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<g aria-hidden="true">${lines.join('')}</g>`,
    ...drawn,
    '</svg>\n',
  ].join('\n');
}

const STYLE = [
  'rect{fill:#fff;stroke:#33475b;rx:6}.provider rect{fill:#e8eef7}.subgraph rect{fill:#e6f3ec}.type rect{fill:#fdf6e3}',
  'text{fill:#14202b}.head{font-weight:600}path{fill:none;stroke:#5b6b7a}.owns{stroke-width:2}.adds{stroke-dasharray:5 4}',
  'g:focus rect{stroke:#0b57d0;stroke-width:3}.dim{opacity:.2}.down rect{fill:#fde7e7;stroke:#a4161a}',
].join('');

const PARTITIONS: readonly Box['kind'][] = ['provider', 'instance', 'subgraph', 'type'];

function toNode({ id, kind, title, lines }: Box): ElkNode {
  const longest = Math.min(MOST_CHARACTERS, Math.max(title.length + 2, ...lines.map(({ length }) => length)));
  return {
    id,
    width: longest * CHARACTER + 2 * PADDING,
    height: (lines.length + 1) * LINE + 2 * PADDING,
    layoutOptions: { 'elk.partitioning.partition': String(PARTITIONS.indexOf(kind)) },
  };
}

function drawBox({ id, kind, title, lines, label }: Box, place: ElkNode | undefined): string {
  const { x = 0, y = 0, width = 0, height = 0 } = place ?? {};
  const texts = [title, ...lines].map(
    (text, index) =>
      `<text${index === 0 ? ' class="head"' : ''} x="${PADDING}" y="${PADDING + (index + 0.8) * LINE}">${escaped(shorten(text))}</text>`,
  );
  return `<g class="${kind}" data-id="${escaped(id)}" tabindex="0" role="img" aria-label="${escaped(label)}" transform="translate(${x} ${y})"><rect width="${width}" height="${height}"/>${texts.join('')}</g>`;
}

function drawArrow({ kind }: Arrow, laid: ElkNode, index: number): string {
  const [section] = laid.edges?.find(({ id }) => id === String(index))?.sections ?? [];
  if (!section) return '';
  const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
  return `<path class="${kind}" d="M${points.map(({ x, y }) => `${x} ${y}`).join('L')}"/>`;
}

const shorten = (text: string): string =>
  text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
