// The page's connection to the server: calls with answers, news, and coming back by itself after it was cut.

const RETRY = 150;

export class Network {
  #socket;
  #calls = new Map();
  #last = 0;
  #waiting = [];
  #open = false;
  #heard;

  /** @param heard `opened()`, `lost()` and `news(news)` */
  constructor(heard) {
    this.#heard = heard;
  }

  connect() {
    const socket = new WebSocket(`wss://${location.host}/`);
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(data));
    socket.onopen = () => this.#heard.opened();
    socket.onclose = () => {
      const lost = [...this.#calls.values()];
      this.#calls.clear();
      this.#open = false;
      for (const { reject } of lost) reject(new Error('the connection was lost'));
      this.#heard.lost();
      setTimeout(() => this.connect(), RETRY);
    };
  }

  /** The server knows this page: what waited may go. */
  ready() {
    this.#open = true;
    for (const send of this.#waiting.splice(0)) send();
  }

  get open() {
    return this.#open;
  }

  /** Asks and waits for the answer; while there is no connection it waits for one. */
  call(name, given, { atOnce = false } = {}) {
    return new Promise((resolve, reject) => {
      const send = () => {
        const call = ++this.#last;
        this.#calls.set(call, { resolve, reject });
        this.#socket.send(JSON.stringify({ call, do: name, with: given }));
      };
      if (this.#open || atOnce) send();
      else this.#waiting.push(send);
    });
  }

  /** Says something that needs no answer; without a connection it is lost. */
  say(name, given) {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ do: name, with: given }));
  }

  #hear({ answer, result, error, ...news }) {
    if (answer === undefined) {
      this.#heard.news(news);
      return;
    }
    const call = this.#calls.get(answer);
    this.#calls.delete(answer);
    if (error) call?.reject(Object.assign(new Error(error.message), { name: error.name }));
    else call?.resolve(result);
  }
}
