// The page as a whole: it builds its parts, connects, follows the server, and offers its modules to who asks.

import { complain, Events, Model } from './events.js';
import { makeMsgKey } from './ids.js';
import { openKept } from './kept.js';
import { Media } from './media.js';
import { Mirror } from './mirror.js';
import { makeAddons, makeModules } from './modules.js';
import { Network } from './network.js';
import { Sending } from './sending.js';

/** How the builds differ. Each break that WhatsApp makes is one more field here. */
const BUILDS = {
  old: { version: '2.3000.1020000000', key: '_serialized' },
  autumn: { version: '2.3000.1040000000', key: '$1', wantsMimetype: true, leaksMediaId: true, refusesMediaId: true },
};

window.addEventListener('error', ({ message }) => complain(`error: ${message}`));
window.addEventListener('unhandledrejection', ({ reason }) => complain(`unhandled rejection: ${reason}`));

const { standin } = window;
const build = BUILDS[standin.build];
let { faults } = standin;

const random = (bytes) => crypto.getRandomValues(new Uint8Array(bytes));
const keys = { noise: random(32), identity: random(32), adv: btoa(String.fromCharCode(...random(32))), platform: '1' };
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
const face = [base64(keys.noise), base64(keys.identity), keys.adv, keys.platform].join(',');

const Socket = Object.assign(new Model({ state: 'UNLAUNCHED', hasSynced: false }), {
  logout: () => network.call('logout'),
  takeover: () => Socket.set({ state: 'CONNECTED' }),
  reconnect: () => {},
});
const Conn = Object.assign(new Model({ ref: undefined, platform: 'android', pushname: undefined }), {
  serialize: () => {
    const info = { ref: Conn.ref, platform: Conn.platform, pushname: Conn.pushname };
    if (faults.sync === 'twice') syncAgain();
    return info;
  },
});
const Cmd = Object.assign(new Events(), {
  refreshQR: async () => {
    const ref = await network.call('freshRef');
    Socket.set({ state: 'UNPAIRED' });
    Conn.set({ ref });
  },
});

const kept = openKept();
const network = new Network({ opened, lost: () => Socket.set({ state: 'TIMEOUT' }), news: hear });
const MsgKey = makeMsgKey(build.key);
const addons = makeAddons();
const mirror = new Mirror({ build, MsgKey, network, addons });
const sending = new Sending({ mirror, network, kept, faults: () => faults });
const modules = makeModules({
  Socket,
  Conn,
  Cmd,
  network,
  keys,
  mirror,
  MsgKey,
  sending,
  addons,
  media: new Media(build),
  faults: () => faults,
});

let synced = 0;

/** Says again that all is synced, while the library is still at work on the first time. */
function syncAgain() {
  if (synced++ === 0) Socket.trigger('change:hasSynced', Socket, true);
}

async function opened() {
  if (Socket.state !== 'UNLAUNCHED') Socket.set({ state: 'OPENING' });
  else Socket.state = 'OPENING';
  const session = await (await kept).session();
  const answer = await network.call('hello', { session, face }, { atOnce: true });
  if (answer.linked) {
    begin(answer);
    return;
  }
  if (session !== undefined) await (await kept).forget();
  network.ready();
  Conn.set({ ref: answer.ref });
  Socket.set({ state: 'UNPAIRED' });
}

function begin({ snapshot, held }) {
  mirror.take(snapshot);
  Conn.pushname = mirror.me.pushname;
  network.ready();
  void sending.complete();
  Socket.set({ state: held ?? 'CONNECTED' });
}

/** A phone has linked this page: the session is on the disk before anything else is done. */
async function linked({ session, snapshot }) {
  Socket.set({ state: 'PAIRING' });
  await (await kept).keepSession(session);
  begin({ snapshot });
  network.say('kept');
}

/** The phone has ended the link: the page forgets it and begins anew. */
async function loggedOut() {
  await (await kept).forget().catch(() => {});
  Cmd.trigger('logout_from_bridge');
  setTimeout(() => location.assign('/?post_logout=1'));
}

function hear(news) {
  if (news.news === 'linked') void linked(news);
  else if (news.news === 'logout') void loggedOut();
  else if (news.news === 'synced') Socket.set({ hasSynced: false }, true).set({ hasSynced: true });
  else if (news.news === 'state') Socket.set({ state: news.state });
  else if (news.news === 'ref') Conn.set({ ref: news.ref });
  else if (news.news === 'faults') ({ faults } = news);
  else if (news.news === 'reload') location.reload();
  else if (news.news === 'ping') network.say('pong', news.ping);
  else mirror.hear(news);
}

/** The server syncs once the library has attached the last of its first listeners, and is told when it hears messages. */
function tellWhenHeard(events, name, what) {
  const on = events.on.bind(events);
  events.on = (names, handler) => {
    on(names, handler);
    if (names.split(' ').includes(name)) network.say(what);
    return events;
  };
}
tellWhenHeard(Cmd, 'logout_from_bridge', 'listening');
tellWhenHeard(mirror.Msg, 'add', 'hears');

window.require = (name) => {
  if (Object.hasOwn(modules, name) && !faults.lacks.includes(name)) return modules[name];
  if (!faults.lacks.includes(name)) complain(`unknown module: ${name}`);
  throw new Error(`Requiring unknown module "${name}"`);
};
window.Debug = { VERSION: build.version };
network.connect();
