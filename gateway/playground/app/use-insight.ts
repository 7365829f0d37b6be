import type { Fetcher } from '@graphiql/toolkit';
import { useCallback, useRef, useState } from 'react';
import { type Access, ask, type Question } from './ask.js';
import { EXPLAIN_HEADERS, type Explained, isOfEditor, takeExplained } from './explained.js';

interface Insight {
  /** Asks the gateway in the caller's name, and to be told how the answer comes about while that is shown. */
  readonly fetcher: Fetcher;
  /** As `InsightPanel` takes it. */
  readonly explained: Explained | null | undefined;
  readonly isOpen: boolean;
  readonly setOpen: (isOpen: boolean) => void;
}

const OPEN = 'fachverbund:insight';
/** Below it the column would leave too little to the editor. */
const WIDE_PX = 1100;

export function useInsight(access: Access): Insight {
  const [explained, setExplained] = useState<Explained | null>();
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  const latest = useRef({ access, isOpen });
  latest.current = { access, isOpen };
  const setOpen = useCallback((isNowOpen: boolean) => {
    sessionStorage.setItem(OPEN, isNowOpen ? 'open' : 'closed');
    setIsOpen(isNowOpen);
  }, []);
  const fetcher = useCallback<Fetcher>(async (asked, options) => {
    const question = asked as Question;
    const headers = options?.headers as Record<string, string>;
    const current = latest.current;
    if (isOfEditor(question.operationName)) return ask(question, current.access, headers);
    setExplained(undefined);
    if (!current.isOpen) return ask(question, current.access, headers);
    const told = takeExplained(await ask(question, current.access, { ...headers, ...EXPLAIN_HEADERS }));
    setExplained(told.explained);
    return told.answer;
  }, []);
  return { fetcher, explained, isOpen, setOpen };
}

function isOpenAtFirst(): boolean {
  const stored = sessionStorage.getItem(OPEN);
  return stored === null ? window.innerWidth >= WIDE_PX : stored === 'open';
}
