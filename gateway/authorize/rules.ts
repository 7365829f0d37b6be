import type { Supergraph } from '../supergraph.js';
import { implies } from './requirements.js';
import { readRuleMarks } from './rule-marks.js';

/** What a caller has or has not: `signed in`, `scope WORD`, `policy NAME`. */
export type Right = string;

/** Met by whoever has all the rights of one of the lists. */
export type Requirement = readonly (readonly Right[])[];

export interface Rule {
  /** All of them have to be met. */
  readonly requirements: readonly Requirement[];
  /** Whether somebody has decided about the field; what nobody did gets `ACCESS_DEFAULT`. */
  readonly isMarked: boolean;
}

export interface Rules {
  /** @param coordinate Of a field as a client selects it, `Type.field`. */
  ruleOf(coordinate: string): Rule;
}

/**
 * Reads the rules of a supergraph. A field asks for its own rule, that of its type and that of the type of its value. An
 * interface or union asks for the rules of everything it can be (an object is seen through it without naming its type),
 * and an object for what was said of its interfaces alone, as `@interfaceObject` does.
 */
export function readRules(supergraph: Supergraph): Rules {
  const marks = readRuleMarks(supergraph);
  const known = new Map<string, Rule>();
  const objectsOf = (type: string): readonly string[] => marks.members.get(type) ?? [];
  const isAbstract = (type: string): boolean => marks.members.has(type);

  /** What stands on an interface and does not come from the objects behind it, which say it themselves. */
  const ownOfInterface = (place: string, ofObjects: readonly string[]): readonly Requirement[] => {
    const inherited = ofObjects.flatMap((object) => marks.requirements.get(object) ?? []);
    return (marks.requirements.get(place) ?? []).filter((requirement) => !implies(inherited, requirement));
  };

  const ofType = (type: string): readonly Requirement[] => {
    const own = marks.requirements.get(type) ?? [];
    if (isAbstract(type)) return [...own, ...objectsOf(type).flatMap(ofType)];
    return [...own, ...(marks.interfaces.get(type) ?? []).flatMap((above) => ownOfInterface(above, objectsOf(above)))];
  };

  const ofObjectField = (type: string, field: string): Rule => {
    const coordinate = `${type}.${field}`;
    const above = (marks.interfaces.get(type) ?? []).flatMap((name) =>
      ownOfInterface(
        `${name}.${field}`,
        objectsOf(name).map((object) => `${object}.${field}`),
      ),
    );
    const own = marks.requirements.get(coordinate) ?? [];
    return rule([...own, ...above, ...ofType(type), ...ofValue(coordinate)], marks.publicFields.has(coordinate));
  };

  const ofAbstractField = (type: string, field: string): Rule => {
    const coordinate = `${type}.${field}`;
    const rules = objectsOf(type).map((object) => ruleOf(`${object}.${field}`));
    const own = [...(marks.requirements.get(coordinate) ?? []), ...ofType(type), ...ofValue(coordinate)];
    const all = rule([...own, ...rules.flatMap(({ requirements }) => requirements)], false);
    const isMarked = rules.length > 0 ? rules.every((one) => one.isMarked) : marks.publicFields.has(coordinate);
    return { ...all, isMarked: isMarked || (rules.length === 0 && all.isMarked) };
  };

  const ofValue = (coordinate: string): readonly Requirement[] => ofType(marks.valueTypes.get(coordinate) ?? '');

  const ruleOf = (coordinate: string): Rule => {
    const found = known.get(coordinate);
    if (found) return found;
    const [type = '', field = ''] = coordinate.split('.');
    const made = isAbstract(type) ? ofAbstractField(type, field) : ofObjectField(type, field);
    known.set(coordinate, made);
    return made;
  };
  return { ruleOf };
}

function rule(requirements: readonly Requirement[], isPublic: boolean): Rule {
  const unique = new Map(requirements.map((requirement) => [JSON.stringify(requirement), requirement]));
  return { requirements: [...unique.values()], isMarked: isPublic || unique.size > 0 };
}
