// What can go wrong, as live switches: each is one thing that a page or a network was seen to do.

export interface FaultSettings {
  /** `never`: it arrives and no ack comes; `error`: ack -1 and nothing arrives; `late`: the ack comes after `ackLateMs`. */
  ack: 'normal' | 'never' | 'error' | 'late';
  ackLateMs: number;
  /**
   * What `addAndSendMsgToChat` does. `hang`: its first promise never settles and nothing arrives; `throws`: it rejects and
   * nothing arrives; `throws-after`: it arrives and the promise rejects all the same.
   */
  send: 'normal' | 'hang' | 'throws' | 'throws-after';
  /** Milliseconds before `addAndSendMsgToChat` begins. */
  sendMsgSlowly: number;
  /** What a download is answered with. */
  media: 'normal' | '404' | 'hang';
  /** What a load of the page is answered with. */
  page: 'normal' | 500 | 'hang';
  /**
   * `early`: `hasSynced` flips before the library listens; `never`; `twice`: it flips again while the library is still
   * working on the first, so that its `ready` comes before it hears messages.
   */
  sync: 'normal' | 'early' | 'never' | 'twice';
  /** `no-lid`: a private chat cannot be begun before the page has asked for its number. */
  newChat: 'normal' | 'no-lid';
}

export interface Faults extends FaultSettings {
  /** Modules that the page does not provide. */
  readonly lacks: Set<string>;
}

/** A set that says when it was changed. */
class ToldSet extends Set<string> {
  readonly #changed: () => void;
  constructor(changed: () => void) {
    super();
    this.#changed = changed;
  }
  override add(value: string): this {
    super.add(value);
    this.#changed();
    return this;
  }
  override delete(value: string): boolean {
    const had = super.delete(value);
    this.#changed();
    return had;
  }
  override clear(): void {
    super.clear();
    this.#changed();
  }
}

/** @param changed called after every change of a switch, so that pages already open follow */
export function makeFaults(changed: () => void): Faults {
  const faults: Faults = {
    ack: 'normal',
    ackLateMs: 1_000,
    send: 'normal',
    sendMsgSlowly: 0,
    media: 'normal',
    page: 'normal',
    sync: 'normal',
    newChat: 'normal',
    lacks: new ToldSet(changed),
  };
  return new Proxy(faults, {
    set(target, name, value) {
      const done = Reflect.set(target, name, value);
      changed();
      return done;
    },
  });
}
