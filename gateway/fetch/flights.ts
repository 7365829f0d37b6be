/** Equal questions that are under way at the same time travel once. */
export interface Flights<Answer> {
  /**
   * @param key Everything the answer depends on: where it goes, who asks, what is asked.
   * @param signal Ends when this passenger has left; the flight goes on while anybody is left.
   * @throws What the flight throws, or the reason of `signal`.
   */
  share(key: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<Answer>): Promise<Answer>;
}

interface Flight<Answer> {
  readonly answer: Promise<Answer>;
  readonly cancel: AbortController;
  passengers: number;
}

export function createFlights<Answer>(): Flights<Answer> {
  const flights = new Map<string, Flight<Answer>>();
  const takeOff = (key: string, start: (signal: AbortSignal) => Promise<Answer>): Flight<Answer> => {
    const cancel = new AbortController();
    const answer = start(cancel.signal).finally(() => {
      if (flights.get(key) === flight) flights.delete(key);
    });
    const flight: Flight<Answer> = { answer, cancel, passengers: 0 };
    flights.set(key, flight);
    return flight;
  };
  const leave = (key: string, flight: Flight<Answer>, reason: unknown): void => {
    flight.passengers -= 1;
    if (flight.passengers > 0) return;
    // Nobody may board what is about to be cancelled.
    if (flights.get(key) === flight) flights.delete(key);
    flight.cancel.abort(reason);
  };
  return {
    async share(key, signal, start) {
      if (signal.aborted) throw signal.reason;
      const flight = flights.get(key) ?? takeOff(key, start);
      flight.passengers += 1;
      return new Promise<Answer>((resolve, reject) => {
        const onLeave = () => {
          leave(key, flight, signal.reason);
          reject(signal.reason);
        };
        signal.addEventListener('abort', onLeave, { once: true });
        flight.answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', onLeave));
      });
    },
  };
}
