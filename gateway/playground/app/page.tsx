import type { Fetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { useCallback, useMemo, useRef, useState } from 'react';
import { AccessBar } from './access-bar.js';
import { type Access, ask, askMunicipalities, type Question } from './ask.js';
import { useColours } from './colours.js';
import { examples, personas, textOf } from './examples.js';
import { ArrivingExample, EXAMPLES_PLUGIN, ExamplesContext, type ExamplesState } from './examples-panel.js';
import { EXPLORER_PLUGIN } from './explorer.js';
import { type Arrival, type Login, leaveToSignIn, signOut } from './login.js';
import { competenceOf, type Example, fillVariables } from './manifest.js';

const PLUGINS = [EXAMPLES_PLUGIN, EXPLORER_PLUGIN];
const FIRST = examples[0];

export function Page({ login, arrival }: { readonly login: Login | null; readonly arrival: Arrival }) {
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
      />
      <Editor access={access} />
    </ExamplesContext>
  );
}

/** The tab keeps its queries, the machine does not: variables hold personal data. */
function Editor({ access }: { readonly access: Access }) {
  useColours();
  const latest = useRef(access);
  latest.current = access;
  const fetcher = useCallback<Fetcher>(
    (question, options) => ask(question as Question, latest.current, options?.headers as Record<string, string>),
    [],
  );
  return (
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
