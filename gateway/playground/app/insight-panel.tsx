import { type ReactNode, useId } from 'react';
import { type Explained, summarize } from './explained.js';

interface InsightPanelProps {
  /** Of the last answer; `null`: the gateway told nothing; absent: there is no answer yet. */
  readonly explained: Explained | null | undefined;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
}

/** How the last answer came about, beside it; while it is closed the page does not ask. */
export function InsightPanel({ explained, isOpen, onOpen }: InsightPanelProps) {
  const id = useId();
  return (
    <aside className="insight" aria-label="About the last answer" data-open={isOpen}>
      <button
        type="button"
        className="insight-toggle"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => onOpen(!isOpen)}
      >
        <span aria-hidden="true">{isOpen ? '»' : '«'}</span> About the last answer
      </button>
      <div id={id} className="insight-content" hidden={!isOpen}>
        <p className="insight-summary" aria-live="polite">
          {explained === undefined && 'Run a query to see how its answer comes about.'}
          {explained === null && 'The gateway told nothing about this answer.'}
          {explained && summarize(explained)}
        </p>
        {explained && <Sections explained={explained} />}
      </div>
    </aside>
  );
}

function Sections({ explained }: { readonly explained: Explained }) {
  return (
    <>
      <Section title="Plan">
        <Plan explained={explained} />
      </Section>
      <Section title="Cost">
        <Cost cost={explained.cost} />
      </Section>
      <Section title="Cache">
        <p>{explained.cache === null ? 'No cache had to do with this answer.' : <code>{explained.cache}</code>}</p>
      </Section>
      <Section title="Requests">
        <Requests requests={explained.subgraphRequests} />
      </Section>
    </>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details open>
      <summary>
        <h2>{title}</h2>
      </summary>
      {children}
    </details>
  );
}

/** Of the plan; what comes after it stays in sight. */
const MOST_LINES = 18;

function Plan({ explained: { plan, isCompiled } }: { readonly explained: Explained }) {
  const id = useId();
  if (plan === null) return <p>Nothing was planned, or this engine shows no plan.</p>;
  return (
    <>
      <p id={id}>{isCompiled ? 'Compiled before: planned for an earlier request.' : 'Planned for this request.'}</p>
      {/* A field, so that the keyboard reaches and scrolls it. */}
      <textarea
        className="insight-plan"
        aria-label="Query plan"
        aria-describedby={id}
        readOnly
        wrap="off"
        rows={Math.min(plan.split('\n').length + 1, MOST_LINES)}
        value={plan}
      />
    </>
  );
}

function Cost({ cost }: Pick<Explained, 'cost'>) {
  if (cost === null) return <p>It was not estimated.</p>;
  const { estimated, limit } = cost;
  return (
    <p>
      {estimated.toLocaleString('en')} of at most {limit.toLocaleString('en')}, estimated before anything ran.
    </p>
  );
}

function Requests({ requests }: { readonly requests: Explained['subgraphRequests'] }) {
  if (requests.length === 0) return <p>No subgraph was asked.</p>;
  return (
    <table>
      <caption>In the order in which they ended</caption>
      <thead>
        <tr>
          <th scope="col">Subgraph</th>
          <th scope="col">Provider</th>
          <th scope="col">ms</th>
          <th scope="col">Outcome</th>
        </tr>
      </thead>
      <tbody>
        {requests.map(({ subgraph, provider, durationMs, outcome }) => (
          <tr key={`${subgraph} ${provider} ${durationMs}`} data-failed={outcome !== 'ok'}>
            <td>{subgraph}</td>
            <td>{provider}</td>
            <td>{durationMs.toFixed(1)}</td>
            <td>{outcome}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
