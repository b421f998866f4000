// A limit on how long is waited for something that may never come back.

/** It did not come back in time; what has become of it nobody knows. */
export class Late extends Error {
  override name = 'Late';
}

/** Waits in real time; resolves early when the signal is given. */
export type WaitFor = (millis: number, signal: AbortSignal) => Promise<void>;

/**
 * What `work` gives, unless it takes longer than `limit` milliseconds.
 * @throws Late after that; the work itself goes on, and what becomes of it is left alone
 */
export async function within<T>(work: Promise<T>, wait: WaitFor, limit: number): Promise<T> {
  const done = new AbortController();
  // What fails after the limit must not stand there as an error that nobody caught.
  work.catch(() => {});
  try {
    return await Promise.race([
      work,
      wait(limit, done.signal).then(() => {
        throw new Late('it did not come back in time');
      }),
    ]);
  } finally {
    done.abort();
  }
}
