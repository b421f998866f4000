// Builds the parts, joins them, starts, and stops cleanly.

import { randomUUIDv7 } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel } from './channels/channel.ts';
import { openClock, openSimulator } from './channels/simulator.ts';
import { openWhatsApp } from './channels/whatsapp.ts';
import { findChromium } from './chromium.ts';
import { startClock } from './clock.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { type Cast, ContentError, type LoadedContent, loadContent, taught } from './content.ts';
import { MINUTE } from './core/time.ts';
import type { Address, Event, Millis } from './core/types.ts';
import { startServer } from './dashboard/server.ts';
import { type Errands, startErrands } from './errands.ts';
import { type Door, openDoor } from './handle.ts';
import { type Log, openLog, stackOf } from './log.ts';
import { openMail } from './mail.ts';
import { type Sender, startSender } from './sender.ts';
import { heardMarks, linkedSince, markLinked, presentGroups, unclaimedAlerts } from './store/catchup.ts';
import { type Database, lockFolder, openDatabase, openReadOnly } from './store/database.ts';
import { readHealth } from './store/health.ts';
import { blankOld } from './store/outbox.ts';
import { forgetQuestions, nextDue } from './store/recall.ts';
import { type PersonSeed, seedDailies, seedGroups, seedStaff } from './store/seed.ts';

const newId = () => randomUUIDv7();
const ROOT = join(import.meta.dirname, '..');
/** The pages are for this machine alone. */
const HOST = '127.0.0.1';
/** Where pacing is on, in milliseconds: estimates of what a person takes. */
const PACING = { gap: [3_000, 8_000], typing: [1_000, 3_000], broadcastGap: [60_000, 180_000] } as const;

/** Turns of the event loop within which the simulator tells both acks of a message. */
const ACK_TURNS = 4;

/** Waits in real time; resolves early when the signal is given. */
async function wait(millis: Millis, signal: AbortSignal): Promise<void> {
  await sleep(millis, undefined, { signal, ref: true }).catch(() => undefined);
}

/** Something the person who starts the bot can mend; shown as it is, without a stack. */
class StartError extends Error {}

/** The office's own people; on the simulator its cast as well. */
function staffOf(content: LoadedContent, adminNumber: string | undefined, cast: Cast['people']): PersonSeed[] {
  const people = cast.filter((person) => person.role !== 'villager');
  const staff: PersonSeed[] = [...people, ...content.staff].map(({ number, ...person }) => ({
    ...person,
    address: number as Address,
  }));
  if (adminNumber && !staff.some((person) => person.address === adminNumber)) {
    staff.push({ name: 'Admin', address: adminNumber as Address, role: 'admin', active: false });
  }
  return staff;
}

/** WhatsApp as this office has it. */
function whatsAppOf(parts: { db: Database; config: Config; folder: string; staff: readonly Address[]; log: Log }) {
  const { db, config, folder, staff, log } = parts;
  const chromium = findChromium(config.chromium);
  if (chromium === undefined) {
    throw new StartError(
      'WhatsApp needs Chromium: install it (on Debian: apt-get install chromium), or name it in CHROMIUM.',
    );
  }
  return openWhatsApp({
    folder,
    chromium,
    flags: config.chromiumFlags,
    waits: config.waits,
    repairsOff: config.repairsOff,
    memory: {
      linkedSince() {
        markLinked(db, Date.now());
        return linkedSince(db) as Millis;
      },
      heardMarks: () => heardMarks(db),
      groups: () => presentGroups(db),
      staff: () => staff,
      unclaimed: () => unclaimedAlerts(db),
    },
    now: Date.now,
    wait,
    random: Math.random,
    log,
    show: (text) => console.log(text),
  });
}

/** Moves the simulator's clock to a moment, stopping at each instant at which something falls due. */
function travel(parts: {
  db: Database;
  clock: { now(): Millis; set(to: Millis): void };
  /** When something is to be sent or run next. */
  nextWork: () => Millis;
  tick: () => void;
  idle: () => Promise<void>;
}) {
  const { db, clock, nextWork, tick, idle } = parts;
  const next = () => Math.min(nextDue(db) ?? Infinity, nextWork());
  const moveTo = (at: Millis) => {
    if (at > clock.now()) clock.set(at);
  };
  return async (to: Millis): Promise<void> => {
    await idle();
    for (let due = next(); due <= to; due = next()) {
      moveTo(due);
      tick();
      await idle();
      // What does not move by itself, such as a message that the channel does not take, must not hold the clock.
      if (next() === due) moveTo(Math.min(to, due + MINUTE));
      if (next() === due && clock.now() >= to) break;
    }
    moveTo(to);
    tick();
    await idle();
  };
}

/** One place for all that run from here; a read-only installation keeps it with its data. */
const modelFolders = (dataDir: string): string[] => [join(ROOT, 'data', 'local', 'model'), join(dataDir, 'model')];

async function start(): Promise<void> {
  const isReal = process.argv.includes('--whatsapp');
  // What the bot writes is for its own user alone.
  process.umask(0o077);
  const config = readConfig(ROOT, process.env);
  const content = taught(loadContent(join(ROOT, 'data'), config.dataDir), modelFolders(config.dataDir));
  const log: Log = openLog(config.logLevel);
  const unlock = lockFolder(config.dataDir);
  // What is real and what is played never share a database.
  const kept = isReal ? join(config.dataDir, 'whatsapp') : config.dataDir;
  const file = join(kept, 'bot.sqlite');
  const db = openDatabase(file);
  const pages = openReadOnly(file);
  const world = join(config.dataDir, 'simulator');
  const clock = isReal ? undefined : openClock({ folder: world, setTo: config.simulatorNow, real: Date.now });
  const now = () => clock?.now() ?? Date.now();
  const cast = isReal ? { people: [], groups: [] } : content.simulator;
  const staff = staffOf(content, config.adminNumber, cast.people);
  seedStaff(db, staff, newId);
  seedGroups(
    db,
    cast.groups.map(({ id, ...group }) => ({ ...group, address: id as Address })),
    newId,
  );
  seedDailies(db, now());

  const whatsApp = isReal
    ? whatsAppOf({ db, config, folder: kept, staff: staff.map((person) => person.address), log })
    : undefined;
  const simulator = isReal
    ? undefined
    : openSimulator({
        world: content.simulator,
        folder: world,
        now,
        failed: (error) =>
          log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'an event could not be kept'),
      });
  const channel = (whatsApp ?? simulator) as Channel;
  // The door wakes what works behind it, and errands come back through the door: joined here, once.
  const behind: { sender?: Sender; errands?: Errands } = {};
  const door: Door = openDoor({
    db,
    content,
    now,
    random: Math.random,
    newId,
    log,
    committed: () => {
      behind.sender?.wake();
      behind.errands?.wake();
    },
  });
  const hear = (event: Event) => door.hear(event);
  const tick = () => {
    hear({ kind: 'tick', at: now() });
    blankOld(db, now());
    forgetQuestions(db, now());
  };
  const nextWork = () => Math.min(behind.sender?.next() ?? Infinity, behind.errands?.next() ?? Infinity);
  const idle = async () => {
    do {
      await behind.errands?.idle();
      await behind.sender?.idle();
      // Acks come in turns of their own, and one may let something else go.
      for (let turn = 0; turn < ACK_TURNS; turn++) await new Promise(setImmediate);
    } while (nextWork() <= now());
  };

  const server = await startServer({
    host: HOST,
    port: config.port,
    health: () => readHealth(pages, channel.state(), now()),
    ...(simulator &&
      clock && { simulator: { simulator, clock, advance: travel({ db, clock, nextWork, tick, idle }), idle } }),
    ...(whatsApp && {
      whatsapp: {
        link: { state: () => whatsApp.link(), requestCode: (number) => whatsApp.requestCode(number) },
        now,
        pairing: config.waits.pairing,
      },
    }),
  }).catch((error: Error) => {
    throw new StartError(error.message);
  });

  const common = { db, channel, now, wait, log };
  const mediaFolder = join(kept, 'media');
  const pacing = config.pacing ?? isReal;
  behind.sender = startSender({
    ...common,
    office: content.office,
    mediaFolder,
    random: Math.random,
    waits: config.waits,
    pacing: pacing ? { ...PACING, perChat: config.pacingPerChat, perHour: config.pacingPerHour } : undefined,
  });
  behind.errands = startErrands({ ...common, mail: config.mail && openMail(config.mail), hear, folder: mediaFolder });
  const { sender, errands } = behind;
  await channel.start({
    hear,
    acked: (message, ack) => sender.acked(message, ack),
    ready: () => {
      sender.wake();
      errands.wake();
    },
  });
  door.hearFailedAgain();
  const stopClock = startClock(tick);
  sender.wake();
  errands.wake();

  if (clock?.keptLater)
    console.log('The simulated world is already later than SIMULATOR_NOW; its clock goes on from there.');
  const where = isReal ? 'WhatsApp; how it is linked and how it is stands at' : 'the simulator:';
  console.log(`The bot runs on ${where} http://${HOST}:${server.port}`);

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    stopClock();
    await server.stop();
    await channel.stop();
    await errands.stop();
    await sender.stop();
    pages.close();
    db.close();
    unlock();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const crash = (error: unknown) => {
    const name = error instanceof Error ? error.name : 'unknown';
    log.error({ error: name, at: stackOf(error) }, 'stopped by an error nobody caught');
    process.exit(1);
  };
  // What WhatsApp's library lets fall is the channel's to mend; anything else is ours, and unknown.
  const uncaught = (error: unknown) => {
    if (!whatsApp?.takes(error)) crash(error);
  };
  process.on('uncaughtException', uncaught);
  process.on('unhandledRejection', uncaught);
}

/** What can be mended by whoever starts the bot, in one sentence a fault; anything else with its stack. */
start().catch((error: unknown) => {
  const mendable = error instanceof ConfigError || error instanceof ContentError || error instanceof StartError;
  console.error(mendable || !(error instanceof Error) ? String((error as Error).message ?? error) : error.message);
  process.exit(1);
});
