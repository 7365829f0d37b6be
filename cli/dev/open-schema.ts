import { type ConstDirectiveNode, Kind, parse, print, visit } from 'graphql';

const RULE = /^(federation__)?(policy|authenticated|requiresScopes)$/;

/** The schema with everything public: while it is being made, every field can be tried. */
export function openSchema(sdl: string): string {
  const strip = <Node extends { readonly directives?: readonly ConstDirectiveNode[] | undefined }>(
    node: Node,
  ): Node => ({
    ...node,
    directives: (node.directives ?? []).filter(({ name }) => !RULE.test(name.value) && name.value !== 'public'),
  });
  const opened = visit(parse(sdl), {
    enter(node) {
      if (node.kind === Kind.FIELD_DEFINITION) return strip(node);
      return 'directives' in node && /^(Object|Interface|Scalar|Enum)Type/.test(node.kind)
        ? strip(node as never)
        : undefined;
    },
  });
  return print(opened);
}
