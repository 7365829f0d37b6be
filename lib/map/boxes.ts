import type { FederationMap, MappedInstance, MappedType } from './model.js';

/** Something drawn as a box with a headline and lines below it. */
export interface Box {
  readonly id: string;
  readonly kind: 'provider' | 'instance' | 'subgraph' | 'type';
  readonly title: string;
  readonly lines: readonly string[];
  /** What it is, in one sentence, for whoever does not see it. */
  readonly label: string;
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** Brings the type, adds fields to it, or runs for somebody. */
  readonly kind: 'runs' | 'owns' | 'adds';
}

export interface Drawing {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/** Lines of one box; who wants to know more finds it in the table. */
const MOST_LINES = 14;

/** The map as boxes from left to right: providers, their instances, subgraphs, types. */
export function toDrawing({ providers, municipalities, subgraphs, types }: FederationMap): Drawing {
  const boxes: Box[] = providers.map(({ id, name }) => ({
    id: `provider ${id}`,
    kind: 'provider',
    title: name,
    lines: [],
    label: `Provider ${name}.`,
  }));
  const arrows: Arrow[] = [];
  const nameOf = (id: string) => providers.find((provider) => provider.id === id)?.name ?? id;
  for (const { name, instances } of subgraphs) {
    boxes.push({ id: `subgraph ${name}`, kind: 'subgraph', title: name, lines: [], label: `Subgraph ${name}.` });
    for (const instance of instances) {
      const id = instanceId(name, instance);
      boxes.push(
        toInstanceBox(id, {
          subgraph: name,
          instance,
          provider: nameOf(instance.provider),
          all: municipalities.length,
        }),
      );
      arrows.push({ from: `provider ${instance.provider}`, to: id, kind: 'runs' });
      arrows.push({ from: id, to: `subgraph ${name}`, kind: 'runs' });
    }
  }
  for (const type of types) {
    boxes.push(toTypeBox(type));
    for (const subgraph of new Set(type.fields.flatMap((field) => field.subgraphs)))
      arrows.push({
        from: `subgraph ${subgraph}`,
        to: `type ${type.name}`,
        kind: subgraph === type.owner ? 'owns' : 'adds',
      });
  }
  return { boxes, arrows };
}

/** The same for the map and for the health of what it shows. */
export const instanceId = (
  subgraph: string,
  { provider, number }: Pick<MappedInstance, 'provider' | 'number'>,
): string => `instance ${subgraph} ${provider} ${number}`;

interface Placed {
  readonly subgraph: string;
  readonly instance: MappedInstance;
  readonly provider: string;
  /** How many municipalities there are. */
  readonly all: number;
}

const toInstanceBox = (id: string, { subgraph, instance, provider, all }: Placed): Box => ({
  id,
  kind: 'instance',
  title: `${subgraph} · ${instance.provider}${instance.number > 1 ? ` ${instance.number}` : ''}`,
  lines: instance.municipalities.length === all ? [`all ${all} municipalities`] : cut(instance.municipalities),
  label: `${subgraph}, run by ${provider} for ${instance.municipalities.join(', ') || 'nobody'}.`,
});

const toTypeBox = ({ name, key, owner, fields }: MappedType): Box => ({
  id: `type ${name}`,
  kind: 'type',
  title: name,
  lines: cut(fields.map((field) => `${field.name}: ${field.type}${from(field.subgraphs, owner)}`)),
  label: `Type ${name}${owner === null ? '' : ` of ${owner}, key ${key}`}: ${fields.map((field) => field.name).join(', ')}.`,
});

const from = (subgraphs: readonly string[], owner: string | null): string => {
  const others = subgraphs.filter((subgraph) => subgraph !== owner);
  return others.length === 0 || (owner !== null && subgraphs.includes(owner)) ? '' : ` ← ${others.join(', ')}`;
};

const cut = (lines: readonly string[]): readonly string[] =>
  lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES - 1), `… ${lines.length - MOST_LINES + 1} more`] : lines;
