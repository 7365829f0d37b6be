import { useMonaco } from '@graphiql/react';
import { useEffect } from 'react';

interface Palette {
  readonly accent: string;
  readonly ground: string;
  readonly lineNumber: string;
  readonly comment: string;
  readonly argument: string;
}

/** Every colour of text has a contrast of 4.5 on its ground (WCAG 1.4.3). */
const PALETTES = {
  dark: { accent: '#8fbdff', ground: '#212a3b', lineNumber: '#a9b6cc', comment: '#8fbf78', argument: '#b3afff' },
  light: { accent: '#204f94', ground: '#ffffff', lineNumber: '#237893', comment: '#007a00', argument: '#5a57b8' },
} as const satisfies Record<'dark' | 'light', Palette>;

/** Repaints the editor's two themes, under the names that GraphiQL gives them, as soon as the editor is loaded. */
export function useColours(): void {
  const monaco = useMonaco((state) => state.monaco);
  useEffect(() => {
    monaco?.editor.defineTheme('graphiql-DARK', { base: 'vs-dark', inherit: true, ...toTheme(PALETTES.dark) });
    monaco?.editor.defineTheme('graphiql-LIGHT', { base: 'vs', inherit: true, ...toTheme(PALETTES.light) });
  }, [monaco]);
}

const toTheme = ({ accent, ground, lineNumber, comment, argument }: Palette) => ({
  rules: [
    { token: 'comment', foreground: comment },
    { token: 'argument.identifier.gql', foreground: argument },
  ],
  colors: {
    'editor.background': '#ffffff00', // the page's ground shows through
    'scrollbar.shadow': '#ffffff00',
    'editorLineNumber.foreground': lineNumber,
    'editorLineNumber.dimmedForeground': lineNumber,
    focusBorder: accent,
    'textLink.foreground': accent,
    'textLink.activeForeground': accent,
    'editorLink.activeForeground': accent,
    'list.highlightForeground': accent,
    'list.focusHighlightForeground': accent,
    'list.hoverBackground': `${accent}19`,
    'editorSuggestWidget.background': ground,
    'editorSuggestWidget.selectedForeground': accent,
    'editorSuggestWidget.selectedBackground': `${accent}19`,
    'editorHoverWidget.background': ground,
    'editorWidget.background': ground,
    'editorWidget.resizeBorder': accent,
    'quickInput.background': ground,
    'quickInputList.focusBackground': `${accent}19`,
    'menu.background': ground,
    'menu.selectionForeground': accent,
    'menu.selectionBackground': `${accent}19`,
  },
});
