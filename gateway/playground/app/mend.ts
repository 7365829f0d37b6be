/** What a part of the editor lacks for assistive technology and the keyboard, by CSS selector. */
const MENDS: readonly (readonly [selector: string, mend: (element: HTMLElement) => void])[] = [
  // Tabs hold a close button each, which a tab must not: they are a list of buttons, the current one marked.
  ['[role="tablist"]', (list) => replaceRole(list, 'list', { 'aria-label': 'Queries' })],
  ['.graphiql-tab[aria-selected]', mendTab],
  ['#graphiql-session[role="tabpanel"]', (panel) => replaceRole(panel, 'region', { 'aria-label': 'Query and answer' })],
  ['.graphiql-explorer-root input[placeholder]', (input) => label(input, input.getAttribute('placeholder') ?? '')],
  ['.graphiql-explorer-root [data-arg-name] :is(input, select)', labelArgument],
  ['.graphiql-explorer-actions select, .variable-editor-title select', (select) => label(select, 'Kind of operation')],
  // Fields and arguments of the explorer are clickable text without focus.
  ['.graphiql-explorer-root span[style*="cursor: pointer"]', makeButton],
];

/**
 * Mends what GraphiQL and its explorer leave open, now and after each change of the page.
 *
 * @see https://www.w3.org/TR/WCAG22/ 2.1.1, 4.1.2
 */
export function mendPage(root: HTMLElement): void {
  const mend = () => {
    for (const [selector, apply] of MENDS)
      for (const found of root.querySelectorAll<HTMLElement>(selector)) apply(found);
  };
  const options = { childList: true, subtree: true, attributes: true, attributeFilter: ['role', 'aria-selected'] };
  new MutationObserver(mend).observe(root, options);
  root.addEventListener('keydown', pressByKey);
}

function mendTab(tab: HTMLElement): void {
  const isCurrent = tab.getAttribute('aria-selected') === 'true';
  tab.querySelector('button')?.setAttribute('aria-current', String(isCurrent));
  tab.removeAttribute('aria-selected'); // the editor sets it again when it changes
  replaceRole(tab, 'listitem', {});
}

function replaceRole(element: HTMLElement, role: string, attributes: Record<string, string>): void {
  element.setAttribute('role', role);
  element.removeAttribute('aria-labelledby');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

function labelArgument(field: HTMLElement): void {
  label(field, field.closest<HTMLElement>('[data-arg-name]')?.dataset.argName ?? '');
}

function label(element: HTMLElement, text: string): void {
  if (!element.hasAttribute('aria-label')) element.setAttribute('aria-label', text);
}

function makeButton(element: HTMLElement): void {
  if (element.hasAttribute('role')) return;
  element.setAttribute('role', 'button');
  element.tabIndex = 0;
}

function pressByKey(event: KeyboardEvent): void {
  const { target } = event;
  const isPress = event.key === 'Enter' || event.key === ' ';
  if (!isPress || !(target instanceof HTMLElement) || !target.matches('span[role="button"]')) return;
  event.preventDefault();
  target.click();
}
