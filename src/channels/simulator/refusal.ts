// The simulator's "no": what was asked cannot be done, and why, in a sentence for whoever asked.

export class Refusal extends Error {
  override name = 'Refusal';
}
