import { type FormEvent, useId, useState } from 'react';
import type { Access } from './ask.js';
import { personas } from './examples.js';
import icon from './icon.svg';
import type { Session } from './login.js';
import { isFileReference, PURPOSES } from './purposes.js';

interface AccessBarProps {
  readonly access: Access;
  readonly onAccess: (change: Partial<Access>) => void;
  /** `null` outside the demo. */
  readonly demo: { readonly session: Session | null; readonly onSignIn: (persona: string) => void } | null;
  readonly onSignOut: () => void;
  readonly problem: string | null;
  /** Whether there is a map to go to. */
  readonly hasMap: boolean;
}

/** Who asks, what for and in which file: the headers of every request, as a form. */
export function AccessBar({ access, onAccess, demo, onSignOut, problem, hasMap }: AccessBarProps) {
  return (
    <header className="bar">
      <div className="bar-name">
        <img src={icon} alt="" />
        <h1>
          Fachverbund <span>playground</span>
          {hasMap && <a href="/map">Map of the federation</a>}
        </h1>
        <p className="bar-status" role="status" data-problem={problem !== null}>
          {problem ?? describe(demo?.session ?? null, access)}
        </p>
      </div>
      {demo ? (
        <PersonaForm key={demo.session?.persona} {...demo} onSignOut={onSignOut} />
      ) : (
        <TokenField token={access.token} onToken={(token) => onAccess({ token })} />
      )}
      <PurposeFields access={access} onAccess={onAccess} />
    </header>
  );
}

interface PersonaFormProps {
  readonly session: Session | null;
  readonly onSignIn: (persona: string) => void;
  readonly onSignOut: () => void;
}

/** A choice and a button: a choice alone must not leave the page (WCAG 3.2.2). */
function PersonaForm({ session, onSignIn, onSignOut }: PersonaFormProps) {
  const [chosen, setChosen] = useState(session?.persona ?? '');
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen === '') onSignOut();
    else onSignIn(chosen);
  };
  return (
    <form className="field" onSubmit={submit}>
      <label htmlFor={id}>Persona (demo)</label>
      <span className="field-row">
        <select id={id} value={chosen} onChange={(event) => setChosen(event.target.value)}>
          <option value="">Nobody: public fields</option>
          {personas.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
        <button type="submit" disabled={chosen === (session?.persona ?? '')}>
          {chosen === '' && session ? 'Sign out' : 'Sign in'}
        </button>
      </span>
    </form>
  );
}

function TokenField({ token, onToken }: { readonly token: string; readonly onToken: (token: string) => void }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>Access token</label>
      <input
        id={id}
        type="password"
        autoComplete="off"
        spellCheck={false}
        value={token}
        onChange={(event) => onToken(event.target.value.trim())}
      />
    </div>
  );
}

function PurposeFields({ access, onAccess }: Pick<AccessBarProps, 'access' | 'onAccess'>) {
  const id = useId();
  const { purpose, fileReference } = access;
  const isMalformed = fileReference !== '' && !isFileReference(fileReference);
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}p`}>Purpose (Zweck)</label>
        <select id={`${id}p`} value={purpose} onChange={(event) => onAccess({ purpose: event.target.value })}>
          <option value="">None</option>
          {PURPOSES.map((known) => (
            <option key={known.id} value={known.id}>
              {known.label}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}f`}>File reference (Aktenzeichen)</label>
        <input
          id={`${id}f`}
          maxLength={120}
          autoComplete="off"
          spellCheck={false}
          placeholder="BA 33-2026/118"
          value={fileReference}
          aria-invalid={isMalformed}
          aria-describedby={isMalformed ? `${id}e` : undefined}
          onChange={(event) => onAccess({ fileReference: event.target.value })}
        />
        {isMalformed && (
          <span className="field-problem" id={`${id}e`}>
            Letters, digits, space and ./-_ with at least one digit; not sent.
          </span>
        )}
      </div>
    </>
  );
}

function describe(session: Session | null, access: Access): string {
  if (session) {
    const until = new Date(session.expiresAt).toLocaleTimeString('de-DE', { hour: '2-digit', minute: '2-digit' });
    return `Signed in as ${session.persona} until ${until}.`;
  }
  return access.token === '' ? 'Nobody is signed in.' : 'Each request carries this token.';
}
