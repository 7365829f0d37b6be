import { type LeaveListener, Leaving } from '../leaving.js';

/** Equal questions that are under way at the same time travel once. */
export interface Flights<Answer> {
  /**
   * @param key Everything the answer depends on: where it goes, who asks, what is asked.
   * @param leaving Of this passenger; the flight goes on while anybody is left.
   * @param onShared Where it boards a flight that another has started.
   * @throws What the flight throws, or the reason for leaving.
   */
  share(
    key: string,
    leaving: Leaving,
    start: (leaving: Leaving) => Promise<Answer>,
    onShared?: () => void,
  ): Promise<Answer>;
}

interface Flight<Answer> {
  readonly answer: Promise<Answer>;
  /** Ends when the last passenger has left. */
  readonly leaving: Leaving;
  passengers: number;
}

export function createFlights<Answer>(): Flights<Answer> {
  const flights = new Map<string, Flight<Answer>>();
  const takeOff = (key: string, start: (leaving: Leaving) => Promise<Answer>): Flight<Answer> => {
    const leaving = new Leaving();
    const land = () => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    const flight: Flight<Answer> = { answer: start(leaving), leaving, passengers: 0 };
    flights.set(key, flight);
    flight.answer.then(land, land);
    return flight;
  };
  const leave = (key: string, flight: Flight<Answer>, reason: unknown): void => {
    flight.passengers -= 1;
    if (flight.passengers > 0) return;
    // Nobody may board what is about to be cancelled.
    if (flights.get(key) === flight) flights.delete(key);
    flight.leaving.leave(reason);
  };
  return {
    share(key, leaving, start, onShared) {
      if (leaving.hasLeft) return Promise.reject(leaving.reason);
      const boarding = flights.get(key);
      if (boarding) onShared?.();
      const flight = boarding ?? takeOff(key, start);
      flight.passengers += 1;
      return new Promise<Answer>((resolve, reject) => {
        const passenger: LeaveListener = {
          left: (reason) => {
            leave(key, flight, reason);
            reject(reason);
          },
        };
        leaving.add(passenger);
        flight.answer.then(
          (answer) => {
            leaving.remove(passenger);
            resolve(answer);
          },
          (error: unknown) => {
            leaving.remove(passenger);
            reject(error);
          },
        );
      });
    },
  };
}
