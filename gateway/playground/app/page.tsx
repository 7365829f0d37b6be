import { GraphiQL } from 'graphiql';
import { useCallback, useMemo, useState } from 'react';
import { AccessBar } from './access-bar.js';
import { type Access, askMunicipalities } from './ask.js';
import { useColours } from './colours.js';
import { examples, personas, textOf } from './examples.js';
import { ArrivingExample, EXAMPLES_PLUGIN, ExamplesContext, type ExamplesState } from './examples-panel.js';
import { EXPLORER_PLUGIN } from './explorer.js';
import { InsightPanel } from './insight-panel.js';
import { type Arrival, type Login, leaveToSignIn, signOut } from './login.js';
import { competenceOf, type Example, fillVariables } from './manifest.js';
import { useInsight } from './use-insight.js';

const PLUGINS = [EXAMPLES_PLUGIN, EXPLORER_PLUGIN];
const FIRST = examples[0];

interface PageProps {
  readonly login: Login | null;
  /** Whether this gateway serves `/map`. */
  readonly hasMap: boolean;
  readonly arrival: Arrival;
}

export function Page({ login, hasMap, arrival }: PageProps) {
  const [session, setSession] = useState(arrival.session);
  const [problem, setProblem] = useState(arrival.problem);
  const [access, setAccess] = useState<Access>(() => accessOf(arrival));
  const changeAccess = (change: Partial<Access>) => setAccess((old) => ({ ...old, ...change }));

  const signIn = (persona: string, example: Example | null) => {
    if (login)
      leaveToSignIn(login, persona, example?.file ?? null).catch(() => setProblem('The login cannot be reached.'));
  };
  const leave = () => {
    signOut();
    setSession(null);
    changeAccess({ token: '', purpose: '', fileReference: '' });
  };

  return (
    <ExamplesContext value={useExamplesState(session?.persona ?? null, access, login ? signIn : null, arrival)}>
      <AccessBar
        access={access}
        onAccess={changeAccess}
        demo={login && { session, onSignIn: (persona) => signIn(persona, null) }}
        onSignOut={leave}
        problem={problem}
        hasMap={hasMap}
      />
      <Editor access={access} />
    </ExamplesContext>
  );
}

/** The tab keeps its queries, the machine does not: variables hold personal data. */
function Editor({ access }: { readonly access: Access }) {
  useColours();
  const { fetcher, explained, isOpen, setOpen } = useInsight(access);
  return (
    <div className="work">
      <main className="editor" aria-label="Query editor">
        <GraphiQL
          fetcher={fetcher}
          plugins={PLUGINS}
          visiblePlugin={EXAMPLES_PLUGIN}
          storage={sessionStorage}
          defaultQuery={FIRST ? textOf(FIRST) : ''}
          inputValueDeprecation
          schemaDescription
          shouldPersistHeaders={false}
          defaultEditorToolsVisibility="variables"
        >
          <GraphiQL.Logo>
            <ArrivingExample />
          </GraphiQL.Logo>
        </GraphiQL>
      </main>
      <InsightPanel explained={explained} isOpen={isOpen} onOpen={setOpen} />
    </div>
  );
}

function useExamplesState(
  persona: string | null,
  access: Access,
  signIn: ((persona: string, example: Example) => void) | null,
  arrival: Arrival,
): ExamplesState {
  const [arriving, setArriving] = useState(() => examples.find(({ file }) => file === arrival.example) ?? null);
  const onArrived = useCallback(() => setArriving(null), []);
  const { token } = access;
  return useMemo(
    () => ({
      persona,
      signInFor: signIn,
      arriving,
      onArrived,
      fill: async (example) => fillVariables(example.variables, await askMunicipalities(), competenceOf(token)),
    }),
    [persona, token, signIn, arriving, onArrived],
  );
}

/** The purpose and file reference that the persona would state. */
function accessOf({ session }: Arrival): Access {
  const persona = personas.find(({ name }) => name === session?.persona);
  return {
    token: session?.token ?? '',
    purpose: persona?.purpose ?? '',
    fileReference: persona?.fileReference ?? '',
  };
}
