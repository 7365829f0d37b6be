import type { Persona } from '../personas.js';

/** The page where one chooses who to be: plain HTML, no script, nothing from elsewhere. */
export const choosePage = (action: string, personas: readonly Persona[]): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Demo login · Fachverbund</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem; color: #1b2a38 }
  button { display: block; width: 100%; margin: .4rem 0; padding: .6rem .9rem; border: 1px solid #b9c6d3;
    border-radius: .4rem; background: #fff; color: inherit; font: inherit; text-align: left; cursor: pointer }
  button:hover, button:focus-visible { border-color: #0b5cad; outline: 2px solid #0b5cad }
  b { display: block } .note { background: #fff6d6; padding: .6rem .9rem; border-radius: .4rem }
</style>
<main>
<h1>Who are you?</h1>
<p class="note">Demo identity provider: it asks for no password, and all people here are fictitious.</p>
<form method="post" action="${escapeHtml(action)}">
${personas.map(({ name, description }) => `<button name="persona" value="${escapeHtml(name)}"><b>${escapeHtml(name)}</b> ${escapeHtml(description)}</button>`).join('\n')}
</form>
</main>
</html>
`;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
