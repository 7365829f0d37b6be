const HOUR_MS = 3_600_000;
const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short' });

/**
 * The date in Germany, where "end of the year" of a German law is reckoned; made once an hour, for it changes on the
 * hour.
 *
 * @returns A function from an instant (epoch ms) to YYYY-MM-DD.
 */
export function createGermanDate(): (atMs: number) => string {
  let hour = Number.NaN;
  let date = '';
  return (atMs) => {
    const current = Math.floor(atMs / HOUR_MS);
    if (current !== hour) {
      hour = current;
      date = calendar.format(current * HOUR_MS);
    }
    return date;
  };
}
