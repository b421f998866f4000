// The clock: wakes the house once a minute. What is due, and since when, stands in the database.

import { schedule } from 'node-cron';

/**
 * Calls `tick` at the start and at each full minute.
 * @returns stops it
 */
export function startClock(tick: () => void): () => void {
  tick();
  const task = schedule('* * * * *', tick);
  return () => {
    task.stop();
    task.destroy();
  };
}
