import { describeFinding, type Finding } from './finding.js';

/** How a verb says what it has found. */
export type Format = 'text' | 'json';

/** As text for people, or as JSON for CI: `{ "errors": n, "warnings": n, "findings": […] }`. */
export function writeReport(findings: readonly Finding[], format: Format): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  if (format === 'json') return `${JSON.stringify({ errors, warnings, findings }, null, 2)}\n`;
  const lines = findings.map(describeFinding);
  return `${[...lines, `${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`].join('\n')}\n`;
}

export const hasErrors = (findings: readonly Finding[]): boolean =>
  findings.some(({ severity }) => severity === 'error');
