// Each repair of the library is needed: with it a thing works on the builds that break it, without it the thing fails.

import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { skip } from '../standin/chromium.ts';
import { openScene, runOnWhatsApp, type Scene, type SceneOptions, shownQr } from './office.ts';

const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

interface Need {
  readonly what: string;
  /** Each of them is needed for it. */
  readonly repairs: readonly string[];
  readonly options?: SceneOptions;
  /** True when the thing works. */
  works(scene: Scene, settings: SceneOptions): Promise<boolean>;
}

/** True when it comes within the time, false when it does not. */
const comes = (wait: Promise<unknown>) =>
  wait.then(
    () => true,
    () => false,
  );

const NEEDS: readonly Need[] = [
  {
    what: 'a photo in a report is fetched, and the officer sees it',
    repairs: ['message-keys', 'media-download', 'media-send'],
    works: async ({ wa, ani, budi }) => {
      const caption = 'lapor paspor ditahan, ini suratnya';
      wa.send(ani, ani, { photo: { bytes: PHOTO, mime: 'image/png' }, caption }, {});
      return comes(wa.until(() => wa.sent(budi).some(({ media }) => media), 'the photo', 6_000));
    },
  },
  {
    what: 'a QR that has gone stale is followed by a fresh one',
    repairs: ['stale-qr'],
    options: { unlinked: true },
    works: async (scene) => {
      const first = await shownQr(scene);
      scene.wa.state('UNPAIRED_IDLE');
      const fresh = async () => (await shownQr(scene)) !== first;
      return comes(scene.wa.until(fresh, 'another QR', 5_000));
    },
  },
  {
    what: 'a page that synced before anybody listened becomes ready',
    repairs: ['synced-already'],
    options: { waits: { ready: 4 } },
    works: async (scene, settings) => {
      // Linked, and started anew: now the session is there before the library is.
      scene.wa.faults.sync = 'early';
      scene.bot.process.kill('SIGTERM');
      await scene.bot.ended;
      scene.bot = await runOnWhatsApp(scene.wa, scene.folder, settings);
      return comes(scene.ready(8_000));
    },
  },
];

describe('repairs', { skip }, () => {
  let scene: Scene | undefined;
  afterEach(async () => {
    await scene?.end();
    scene = undefined;
  });
  for (const { what, repairs, options, works } of NEEDS) {
    test(what, async () => {
      const settings: SceneOptions = { ...options, build: 'autumn' };
      scene = await openScene(settings);
      assert.equal(await works(scene, settings), true);
    });
    for (const repair of repairs)
      test(`without ${repair} it fails: ${what}`, async () => {
        const settings: SceneOptions = { ...options, build: 'autumn', env: { REPAIRS_OFF: repair } };
        scene = await openScene(settings);
        assert.equal(await works(scene, settings), false);
      });
  }
});
