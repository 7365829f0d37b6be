const DAY_MS = 86_400_000;

/** Days of the simulated world: whole numbers since 1970-01-01, written as YYYY-MM-DD. */
export interface Calendar {
  readonly today: number;
  iso(day: number): string;
  /** First day of the month that lies `months` after the month of `day`. */
  monthStart(day: number, months: number): number;
}

export const dayOf = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / DAY_MS;

/** @param today YYYY-MM-DD. */
export function createCalendar(today: string): Calendar {
  // A century of days at most: written once, used for millions of dates.
  const written = new Map<number, string>();
  const iso = (day: number) => {
    const known = written.get(day);
    if (known !== undefined) return known;
    const text = new Date(day * DAY_MS).toISOString().slice(0, 10);
    written.set(day, text);
    return text;
  };
  return {
    today: dayOf(today),
    iso,
    monthStart(day, months) {
      const [year = 0, month = 0] = iso(day).split('-').map(Number);
      return Date.UTC(year, month - 1 + months, 1) / DAY_MS;
    },
  };
}

/** Full years from one day to another. */
export const yearsBetween = (from: number, to: number): number => Math.floor((to - from) / 365.2425);
