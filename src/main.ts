// Builds the parts, joins them, starts, and stops cleanly.

import { randomUUIDv7 } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openClock, openSimulator } from './channels/simulator.ts';
import { startClock } from './clock.ts';
import { ConfigError, readConfig } from './config.ts';
import { ContentError, type LoadedContent, loadContent } from './content.ts';
import { MINUTE } from './core/time.ts';
import type { Address, Event, Millis } from './core/types.ts';
import { startServer } from './dashboard/server.ts';
import { type Errands, startErrands } from './errands.ts';
import { type Door, openDoor } from './handle.ts';
import { type Log, openLog } from './log.ts';
import { type Sender, startSender } from './sender.ts';
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

function staffOf(content: LoadedContent, adminNumber: string | undefined): PersonSeed[] {
  const people = content.simulator.people.filter((person) => person.role !== 'villager');
  const staff: PersonSeed[] = [...people, ...content.staff].map(({ number, ...person }) => ({
    ...person,
    address: number as Address,
  }));
  if (adminNumber && !staff.some((person) => person.address === adminNumber)) {
    staff.push({ name: 'Admin', address: adminNumber as Address, role: 'admin', active: false });
  }
  return staff;
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

async function start(): Promise<void> {
  if (process.argv.includes('--whatsapp')) {
    throw new StartError('The WhatsApp channel does not exist yet; start without --whatsapp to use the simulator.');
  }
  // What the bot writes is for its own user alone.
  process.umask(0o077);
  const config = readConfig(ROOT, process.env);
  const content = loadContent(join(ROOT, 'data'), config.dataDir);
  const log: Log = openLog(config.logLevel);
  const unlock = lockFolder(config.dataDir);
  const file = join(config.dataDir, 'bot.sqlite');
  const db = openDatabase(file);
  const pages = openReadOnly(file);
  const world = join(config.dataDir, 'simulator');
  const clock = openClock({ folder: world, setTo: config.simulatorNow, real: Date.now });
  const now = () => clock.now();
  seedStaff(db, staffOf(content, config.adminNumber), newId);
  seedGroups(
    db,
    content.simulator.groups.map(({ id, ...group }) => ({ ...group, address: id as Address })),
    newId,
  );
  seedDailies(db, now());

  const channel = openSimulator({
    world: content.simulator,
    folder: world,
    now,
    failed: (error) =>
      log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'an event could not be kept'),
  });
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
    simulator: { simulator: channel, clock, advance: travel({ db, clock, nextWork, tick, idle }), idle },
  }).catch((error: Error) => {
    throw new StartError(error.message);
  });

  const common = { db, channel, now, wait, log };
  const mediaFolder = join(config.dataDir, 'media');
  behind.sender = startSender({
    ...common,
    office: content.office,
    mediaFolder,
    random: Math.random,
    waits: config.waits,
    pacing: config.pacing ? { ...PACING, perChat: config.pacingPerChat, perHour: config.pacingPerHour } : undefined,
  });
  behind.errands = startErrands({ ...common, mail: undefined, hear, folder: mediaFolder });
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

  if (clock.keptLater)
    console.log('The simulated world is already later than SIMULATOR_NOW; its clock goes on from there.');
  console.log(`The bot runs on the simulator: http://${HOST}:${server.port}`);

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
    log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'stopped by an error nobody caught');
    process.exit(1);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
}

/** What can be mended by whoever starts the bot, in one sentence a fault; anything else with its stack. */
start().catch((error: unknown) => {
  const mendable = error instanceof ConfigError || error instanceof ContentError || error instanceof StartError;
  console.error(mendable || !(error instanceof Error) ? String((error as Error).message ?? error) : error.message);
  process.exit(1);
});
