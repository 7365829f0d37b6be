import { explorerPlugin } from '@graphiql/plugin-explorer';

/** The query builder, with icons that say their state to a screen reader too. */
export const EXPLORER_PLUGIN = {
  ...explorerPlugin({
    showAttribution: false,
    checkboxChecked: <Icon label="in the query" path="M1.5 1.5h12v12h-12zM4 7.8l2.4 2.4L11 5" />,
    checkboxUnchecked: <Icon label="not in the query" path="M1.5 1.5h12v12h-12z" />,
    arrowOpen: <Icon label="open" path="M3 5.5 7.5 10 12 5.5" />,
    arrowClosed: <Icon label="closed" path="M5.5 3 10 7.5 5.5 12" />,
  }),
  title: 'Query builder',
};

function Icon({ label, path }: { readonly label: string; readonly path: string }) {
  return (
    <svg className="explorer-icon" viewBox="0 0 15 15" role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}
