import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { createContext, useContext, useEffect } from 'react';
import { examples, personas, textOf } from './examples.js';
import type { Example } from './manifest.js';

/** What the panel needs of the page around it. */
export interface ExamplesState {
  /** Persona signed in. */
  readonly persona: string | null;
  /** Signs in and comes back to the example; `null` outside the demo. */
  readonly signInFor: ((persona: string, example: Example) => void) | null;
  /** An example to open as soon as the editor stands. */
  readonly arriving: Example | null;
  readonly onArrived: () => void;
  readonly fill: (example: Example) => Promise<Record<string, unknown>>;
}

export const ExamplesContext = createContext<ExamplesState | null>(null);

export const EXAMPLES_PLUGIN: GraphiQLPlugin = { title: 'Examples', icon: ExamplesIcon, content: ExamplesPanel };

/** Opens the example that the page was left for, once the editors stand; renders nothing. */
export function ArrivingExample() {
  const { arriving, onArrived } = useExamples();
  const open = useOpen();
  useEffect(() => {
    if (!arriving || !open) return;
    onArrived();
    void open(arriving);
  }, [arriving, open, onArrived]);
  return null;
}

function ExamplesPanel() {
  const { persona, signInFor } = useExamples();
  const open = useOpen();
  const choose = (example: Example) => {
    if (signInFor && example.persona !== null && example.persona !== persona) signInFor(example.persona, example);
    else void open?.(example);
  };
  return (
    <section className="examples" aria-labelledby="examples-title">
      <h2 id="examples-title">Examples</h2>
      <p>What each role asks. An example signs in its persona and fills in a municipality of that office.</p>
      {groups().map(({ name, label, list }) => (
        <div key={name}>
          <h3>{label}</h3>
          <ul>
            {list.map((example) => (
              <li key={example.file}>
                <button type="button" onClick={() => choose(example)} disabled={!open}>
                  <strong>{example.title}</strong>
                  <span>{example.description}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** @returns What puts an example into a tab of its own, or `null` while the editors are not there. */
function useOpen(): ((example: Example) => Promise<void>) | null {
  const { fill } = useExamples();
  const { addTab } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  if (!queryEditor || !variableEditor) return null;
  return async (example) => {
    const variables = await fill(example);
    if (queryEditor.getValue().trim() !== '') addTab();
    queryEditor.setValue(textOf(example));
    variableEditor.setValue(Object.keys(variables).length > 0 ? JSON.stringify(variables, null, 2) : '');
    queryEditor.focus();
  };
}

function groups() {
  const all = [{ name: '', label: 'Public' }, ...personas];
  return all
    .map(({ name, label }) => ({ name, label, list: examples.filter(({ persona }) => (persona ?? '') === name) }))
    .filter(({ list }) => list.length > 0);
}

function useExamples(): ExamplesState {
  const state = useContext(ExamplesContext);
  if (!state) throw new TypeError('The examples need their context.');
  return state;
}

function ExamplesIcon() {
  return (
    <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden="true">
      <path d="M3 2.5h10v11H3zM5.5 5.5h5M5.5 8h5M5.5 10.5h3" />
    </svg>
  );
}
