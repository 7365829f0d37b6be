import type { SelectionSetNode } from 'graphql';
import { entityTag, municipalityTag, personTag, typeTag } from '../../lib/cache-tags.js';
import { parseFieldSet, pick, shapeOf } from './key-shape.js';
import type { SchemaFacts } from './schema-facts.js';
import { ANY_MUNICIPALITY, fillFormat, vagueEntityTag } from './tags.js';
import { createFamilies } from './type-families.js';

type Data = Readonly<Record<string, unknown>>;

/** Finds out what answers are about. What they do not say is tagged as well: as what may be anything of its kind. */
export interface Tagger {
  /**
   * Of a record: its type and those that it may be of, its key by each of the keys of these, its municipality, and what
   * the schema of the subgraph adds; what all subgraphs say of persons.
   *
   * @param record Representation and answer together; without members for a record that is not there.
   */
  ofRecord(subgraph: string, type: string, record: Data): string[];
  /**
   * Of a root field: the type it returns, the municipality it asks, and what the schema adds. Records in the answer have
   * tags of their own.
   */
  ofRootField(subgraph: string, field: string, args: Data): string[];
  /** Whether records of a type are known by a key, so that what is below them belongs to them. */
  isEntity(type: string): boolean;
}

/** What is the same for all records of a type in a subgraph; worked out once. */
interface TypeTags {
  readonly types: readonly string[];
  readonly keys: readonly Key[];
  readonly isMunicipal: boolean;
  readonly formats: readonly string[];
}

interface Key {
  readonly type: string;
  readonly set: SelectionSetNode;
  readonly shape: string;
  readonly hasMunicipality: boolean;
}

export function createTagger(facts: SchemaFacts): Tagger {
  const { familyOf, partsOf } = createFamilies(facts);
  const formatsOf = createFormats(facts.formats);
  const known = new Map<string, TypeTags>();
  const readTypeTags = (subgraph: string, type: string): TypeTags => {
    const family = familyOf(type);
    return {
      types: [...new Set([...family, ...partsOf(type)])].map(typeTag),
      keys: family.flatMap((name) => toKeys(name, facts.keys.get(name) ?? [])),
      isMunicipal: family.some((name) => facts.municipal.has(name)),
      formats: [...new Set(family.flatMap((name) => formatsOf(subgraph, name)))],
    };
  };
  const tagsOf = (subgraph: string, type: string): TypeTags => {
    const name = `${subgraph} ${type}`;
    const found = known.get(name) ?? readTypeTags(subgraph, type);
    known.set(name, found);
    return found;
  };
  return {
    ofRecord(subgraph, type, record) {
      const { types, keys, isMunicipal, formats } = tagsOf(subgraph, type);
      const ags = typeof record['ags'] === 'string' ? record['ags'] : null;
      return [
        ...types,
        ...keys.map((key) => tagOfKey(key, record, ags)),
        ...(ags === null ? (isMunicipal ? [ANY_MUNICIPALITY] : []) : [municipalityTag(ags)]),
        ...formats.map((format) => fillFormat(format, { $key: record, $args: null })),
      ];
    },
    ofRootField(subgraph, field, args) {
      const type = facts.composites.get(`Query.${field}`);
      const municipalities = municipalitiesIn(args).map(municipalityTag);
      return [
        ...(type ? tagsOf(subgraph, type).types : []),
        // It may tell something of any, or goes to the caller's own.
        ...(municipalities.length > 0 ? municipalities : [ANY_MUNICIPALITY]),
        ...formatsOf(subgraph, `Query.${field}`).map((format) => fillFormat(format, { $key: null, $args: args })),
      ];
    },
    isEntity: (type) => facts.keys.has(type),
  };
}

/** The municipality is named by `ags`, in keys as in arguments, at any depth: what routing goes by. */
export function municipalitiesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'ags' && typeof member === 'string' ? [member] : municipalitiesIn(member),
  );
}

const toKeys = (type: string, texts: readonly string[]): Key[] =>
  texts.map(parseFieldSet).map((set) => {
    const shape = shapeOf(set);
    return { type, set, shape, hasMunicipality: shape.split(' ').includes('ags') };
  });

function tagOfKey({ type, set, shape, hasMunicipality }: Key, record: Data, ags: string | null): string {
  const own = pick(record, set);
  return own ? entityTag(type, own) : vagueEntityTag(type, shape, hasMunicipality ? ags : null);
}

/** A person is the same for all subgraphs: one may keep by its link what another is told to forget by its own key. */
function createFormats(formats: SchemaFacts['formats']): (subgraph: string, coordinate: string) => readonly string[] {
  const ofAll = (coordinate: string) => [...formats.values()].flatMap((own) => own.get(coordinate) ?? []);
  const isOfPersons = (format: string) => format.startsWith(personTag(''));
  return (subgraph, coordinate) => [
    ...(formats.get(subgraph)?.get(coordinate) ?? []),
    ...ofAll(coordinate).filter(isOfPersons),
  ];
}
