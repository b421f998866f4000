// What the doctor says of what it found: pure, one line a finding, and under what is not right what to do. Read by operators: Indonesian.

import type { Config } from '../src/config.ts';
import type { StaffMember } from '../src/content.ts';
import { ageText, dateText, MINUTE } from '../src/core/time.ts';
import type { Millis } from '../src/core/types.ts';
import type { Health } from '../src/store/health.ts';
import type { Inspection } from '../src/store/inspection.ts';

export interface Finding {
  readonly mark: '✅' | '⚠️' | '❌';
  readonly line: string;
  /** What the operator has to do, a step a line. */
  readonly todo?: readonly string[];
}

const good = (line: string): Finding => ({ mark: '✅', line });
const doubtful = (line: string, ...todo: string[]): Finding => ({ mark: '⚠️', line, todo });
const wrong = (line: string, ...todo: string[]): Finding => ({ mark: '❌', line, todo });

/** How the operator starts and stops the bot. */
const START = 'Mulai bot: scripts/start --whatsapp (atau: sudo systemctl start desa-binaan-bot).';
const STOP = 'Hentikan bot (atau: sudo systemctl stop desa-binaan-bot).';
const ASK = 'Kalau tetap begini, beri tahu yang merawat program.';

export function checkNode(version: string): Finding {
  return Number.parseInt(version.replace('v', ''), 10) >= 24
    ? good(`Node ${version}`)
    : wrong(`Node ${version} terlalu lama`, 'Pasang Node 24 dari https://nodejs.org.');
}

// ---------------------------------------------------------------- settings and content

/** The program speaks English to those who build it; what it says of settings, for those who run it. */
const SETTING_FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^there is no such setting.*$/, 'pengaturan ini tidak ada; lihat .env.example'],
  [/^must be a number$/, 'harus angka'],
  [/^must be a whole number$/, 'harus angka bulat'],
  [/^must be (\d+) or more$/, 'paling sedikit $1'],
  [/^must be (\d+) or less$/, 'paling banyak $1'],
  [/^must be a phone number.*$/, 'harus nomor HP, diawali kode negara, angka saja, misalnya 628…'],
  [/^must not be empty$/, 'tidak boleh kosong'],
  [/^must be a time such as (\S+)$/, 'harus waktu seperti $1'],
  [/^must be on or off$/, 'harus on atau off'],
  [/^must be an address such as (\S+)$/, 'harus alamat seperti $1'],
  [/^must be an e-mail address$/, 'harus alamat e-mail'],
  [/^must be e-mail addresses.*$/, 'harus alamat e-mail, dipisah koma'],
  [/^must be debug, info.*$/, 'harus debug, info, warn, error, atau silent'],
  [/^there is no wait called (\S+)$/, 'tidak ada waktu tunggu bernama $1'],
  [/^(\S+) must be a number of seconds, such as (\S+)$/, '$1 harus angka dalam detik, misalnya $2'],
  [/^there is no repair called (\S+)$/, 'tidak ada perbaikan bernama $1'],
];

/** One fault of `readConfig`: `.env:3: PORT: must be a number`. */
function settingFault(fault: string): Finding {
  const together = /^(\S+): SMTP_URL, MAIL_FROM and MAIL_TO go together$/.exec(fault);
  if (together)
    return wrong(
      'Pengaturan e-mail belum lengkap',
      'Isi ketiganya di .env: SMTP_URL, MAIL_FROM, MAIL_TO. Atau kosongkan ketiganya.',
    );
  const [, file = '', name = '', what = fault] = /^(.*?): (\w+): (.*)$/.exec(fault) ?? [];
  const line = /^(.*):(\d+)$/.exec(file);
  const place = line ? `${line[1]} baris ${line[2]}` : 'lingkungan (environment)';
  const found = SETTING_FAULTS.find(([pattern]) => pattern.test(what));
  const words = found ? what.replace(found[0], found[1]) : what;
  return wrong(`Pengaturan ${name} salah: ${words}`, `Perbaiki ${name} di ${place}. Artinya ada di .env.example.`);
}

/** @param read the settings, or the faults that kept them from being read */
export function checkSettings(read: Config | readonly string[]): Finding[] {
  if (!('port' in read)) return read.map(settingFault);
  return [
    good('Pengaturan terbaca'),
    read.mail
      ? good('E-mail darurat diisi')
      : doubtful(
          'E-mail darurat belum diisi: kalau WhatsApp mati, tidak ada yang diberi tahu',
          'Isi SMTP_URL, MAIL_FROM, dan MAIL_TO di .env.',
        ),
  ];
}

/** @param faults of content, each `file:line: what is wrong` */
export function checkContent(faults: readonly string[]): Finding[] {
  if (faults.length === 0) return [good('Isi (topik, menu, siaran, data kantor) terbaca')];
  return faults.map((fault) => {
    const [, file, line, what] = /^(.*?):(\d+): (.*)$/s.exec(fault) ?? [];
    if (!file) return wrong('Isi tidak terbaca', `Perbaiki. Kata program (bahasa Inggris): ${fault}`);
    return wrong(
      `Isi salah: ${file} baris ${line}`,
      `Buka berkas itu dan perbaiki baris ${line}. Kata program (bahasa Inggris): ${what}`,
    );
  });
}

/** Whoever must be there for a report to reach somebody. */
export function checkStaff(staff: readonly StaffMember[], adminNumber: string | undefined): Finding[] {
  const count = (role: StaffMember['role']) => staff.filter((person) => person.role === role).length;
  const findings: Finding[] = [];
  if (!adminNumber && count('admin') === 0)
    findings.push(
      wrong(
        'Admin belum ada: tidak ada yang bisa menentukan desa sebuah grup',
        'Isi ADMIN_NUMBER di .env dengan nomor HP Anda, diawali 62.',
      ),
    );
  if (count('officer') === 0)
    findings.push(
      doubtful('Petugas belum ada di office.yaml', 'Tulis petugas (role: officer) di data/local/office.yaml.'),
    );
  if (count('head') === 0)
    findings.push(
      doubtful(
        'Kepala kantor belum ada di office.yaml: laporan tentang petugas tidak ada penerimanya',
        'Tulis kepala kantor (role: head) di data/local/office.yaml.',
      ),
    );
  if (!staff.some((person) => person.secondContact))
    findings.push(
      doubtful(
        'Kontak kedua belum ada: laporan tentang kepala kantor tidak ada penerimanya',
        'Tulis second_contact: true pada satu petugas di data/local/office.yaml.',
      ),
    );
  return findings.length > 0
    ? findings
    : [good(`Admin, petugas (${count('officer')}), kepala kantor, kontak kedua: ada`)];
}

// ---------------------------------------------------------------- the machine

/** How a start of the browser went. */
export interface Trial {
  readonly ended: 'shown' | 'failed' | 'too-late';
  /** What it wrote to its error output. */
  readonly errors: string;
}

const PLACES = 'Pasang: sudo apt-get install chromium.';

/** @param path where the browser is; undefined where it was not found */
export function checkChromium(
  path: string | undefined,
  setting: string | undefined,
  trial: Trial | undefined,
): Finding {
  if (!path)
    return setting
      ? wrong(`Chromium tidak ada di ${setting}`, 'Perbaiki CHROMIUM di .env, atau kosongkan supaya dicari sendiri.')
      : wrong('Chromium tidak ditemukan', PLACES);
  if (!trial || trial.ended === 'shown') return good(`Chromium berjalan: ${path}`);
  if (trial.ended === 'too-late')
    return wrong(
      `Chromium tidak menjawab dalam 30 detik: ${path}`,
      'Tutup program lain. Mulai ulang komputer. Jalankan scripts/doctor lagi.',
      ASK,
    );
  const library = /error while loading shared libraries: ([^:\s]+)/.exec(trial.errors)?.[1];
  if (library)
    return wrong(
      `Chromium tidak bisa mulai: pustaka ${library} tidak ada`,
      'Pasang ulang: sudo apt-get install --reinstall chromium.',
      `Kalau tetap kurang, cari paketnya: apt-file search ${library}.`,
    );
  if (/no usable sandbox|namespace sandbox|setuid sandbox/i.test(trial.errors))
    return wrong(
      'Chromium tidak bisa mulai: sandbox ditolak sistem',
      'Jalankan bot sebagai pengguna biasa di Debian, bukan di dalam wadah (container) yang dibatasi.',
      ASK,
    );
  const last = trial.errors.trim().split('\n').at(-1)?.slice(0, 200);
  return wrong(
    `Chromium tidak bisa mulai: ${path}`,
    ...(last ? [`Kata Chromium: ${last}`] : []),
    'Pasang ulang: sudo apt-get install --reinstall chromium.',
    ASK,
  );
}

const MB = 1024 * 1024;
const sizeText = (bytes: number) =>
  bytes >= 1024 * MB ? `${(bytes / MB / 1024).toFixed(1).replace('.', ',')} GB` : `${Math.round(bytes / MB)} MB`;
const LITTLE = 1024 * MB;

/** @param bytes of memory that programs may still take */
export function checkMemory(bytes: number): Finding {
  return bytes >= LITTLE
    ? good(`Memori tersedia: ${sizeText(bytes)}`)
    : doubtful(
        `Memori tersedia tinggal ${sizeText(bytes)}; WhatsApp Web perlu sekitar 1 GB`,
        'Tutup program lain di komputer ini. Kalau sering begini, tambah memori.',
      );
}

/** @param bytes free where the data lie */
export function checkDisk(bytes: number): Finding {
  if (bytes < 100 * MB)
    return wrong(
      `Disk hampir penuh: tinggal ${sizeText(bytes)}. Laporan bisa tidak tersimpan`,
      'Kosongkan disk sekarang juga. Jangan menghapus isi folder data.',
    );
  return bytes >= LITTLE
    ? good(`Disk tersedia: ${sizeText(bytes)}`)
    : doubtful(`Disk tinggal ${sizeText(bytes)}`, 'Kosongkan disk. Jangan menghapus isi folder data.');
}

export interface FolderFacts {
  readonly path: string;
  readonly exists: boolean;
  readonly writable: boolean;
  /** Permission bits, such as 0o700. */
  readonly mode: number;
  readonly isOwner: boolean;
  readonly kind: 'disk' | 'memory' | 'network';
}

const modeText = (mode: number) => mode.toString(8).padStart(3, '0');

export function checkFolder(folder: FolderFacts): Finding[] {
  const { path, mode } = folder;
  if (!folder.exists)
    return [
      doubtful(
        `Folder data belum ada: ${path}`,
        'Folder dibuat sendiri saat bot pertama kali dimulai. Tidak apa-apa sebelum itu.',
      ),
    ];
  const findings: Finding[] = [];
  if (!folder.isOwner)
    findings.push(
      doubtful(
        `Folder data milik pengguna lain: ${path}`,
        'Jalankan bot dan scripts/doctor sebagai pengguna pemilik folder itu.',
      ),
    );
  if (!folder.writable)
    findings.push(wrong(`Folder data tidak bisa ditulisi: ${path}`, `Perbaiki: sudo chown -R $(whoami) "${path}".`));
  if ((mode & 0o077) !== 0)
    findings.push(
      doubtful(
        `Folder data bisa dilihat pengguna lain (izin ${modeText(mode)}): ${path}`,
        `Tutup: chmod 700 "${path}".`,
      ),
    );
  if (folder.kind === 'memory')
    findings.push(
      doubtful(
        `Folder data ada di memori, bukan di disk: ${path}. Semua hilang saat listrik mati`,
        'Pindahkan ke disk. Ubah DATA_DIR di .env.',
      ),
    );
  if (folder.kind === 'network')
    findings.push(
      wrong(
        `Folder data ada di disk jaringan: ${path}. Database bisa rusak di sana`,
        'Pindahkan ke disk komputer ini. Ubah DATA_DIR di .env.',
      ),
    );
  return findings.length > 0 ? findings : [good(`Folder data aman: ${path}`)];
}

// ---------------------------------------------------------------- WhatsApp and the running bot

export interface SessionFacts {
  readonly path: string;
  readonly exists: boolean;
  readonly mode: number;
  readonly linkedAt: Millis | undefined;
  readonly botRuns: boolean;
  /** Browsers that work on this session, by their process number. */
  readonly browsers: readonly number[];
}

export function checkSession(session: SessionFacts, port: number): Finding[] {
  const findings: Finding[] = [];
  const link = [START, `Buka http://127.0.0.1:${port} di komputer ini. Ikuti langkah di halaman itu.`];
  if (!session.botRuns && session.browsers.length > 0)
    findings.push(
      doubtful(
        `Peramban bot yang lama masih berjalan tanpa bot (nomor proses ${session.browsers.join(', ')})`,
        START,
        `Bot menutup peramban lama itu sendiri. Atau tutup sekarang: kill ${session.browsers.join(' ')}.`,
      ),
    );
  if (!session.exists && session.linkedAt !== undefined)
    findings.push(doubtful('WhatsApp pernah ditautkan, tetapi simpanannya hilang. HP harus ditautkan lagi', ...link));
  if (!session.exists && session.linkedAt === undefined)
    findings.push(doubtful('WhatsApp belum pernah ditautkan', ...link));
  if (session.exists && (session.mode & 0o077) !== 0)
    findings.push(
      wrong(
        `Simpanan WhatsApp bisa dibaca pengguna lain (izin ${modeText(session.mode)}). Siapa yang membacanya bisa memakai nomor ini`,
        `Tutup: chmod 700 "${session.path}".`,
      ),
    );
  if (session.exists && findings.length === 0)
    findings.push(
      session.linkedAt === undefined
        ? doubtful('Simpanan WhatsApp ada, tetapi bot belum pernah siap dengannya', ...link)
        : good(`WhatsApp ditautkan sejak ${dateText(session.linkedAt)}`),
    );
  return findings;
}

export interface BotFacts {
  readonly runs: boolean;
  readonly port: number;
  /** What it answers about itself; undefined where it does not answer. */
  readonly health: Health | undefined;
  /** Something else listens on its port. */
  readonly portTaken: boolean;
}

const CHANNEL_STATES: Readonly<Record<string, (port: number) => Finding>> = {
  ready: () => good('Bot berjalan, WhatsApp siap'),
  connecting: () =>
    doubtful('Bot berjalan, sedang menghubungkan ke WhatsApp', 'Tunggu dua menit. Jalankan scripts/doctor lagi.'),
  linking: (port) =>
    wrong('Bot berjalan, tetapi HP belum ditautkan', `Buka http://127.0.0.1:${port}. Ikuti langkah di halaman itu.`),
  down: () =>
    wrong(
      'Bot berjalan, tetapi WhatsApp terputus',
      'Periksa internet di komputer ini.',
      'Periksa HP bot: menyala dan terhubung ke internet?',
      'Kalau 15 menit belum siap: sudo systemctl restart desa-binaan-bot.',
    ),
  blocked: () =>
    wrong(
      'Nomor bot diblokir WhatsApp',
      'Jangan menautkan ulang berkali-kali.',
      'Ikuti docs/panduan-operator.md, bagian 10, “Kalau nomor diblokir”.',
    ),
};

export function checkBot(bot: BotFacts): Finding[] {
  if (!bot.runs) {
    if (bot.portTaken)
      return [
        wrong(
          `Bot tidak berjalan, dan pintu ${bot.port} dipakai program lain`,
          'Hentikan program itu, atau ubah PORT di .env.',
        ),
      ];
    return [doubtful('Bot sedang tidak berjalan', START)];
  }
  const { health } = bot;
  if (!health)
    return [
      wrong(
        `Bot berjalan, tetapi tidak menjawab di pintu ${bot.port}`,
        'Apakah PORT diubah sesudah bot dimulai? Mulai ulang bot: sudo systemctl restart desa-binaan-bot.',
        ASK,
      ),
    ];
  const findings: Finding[] = [];
  if (health.channel.name === 'simulator')
    findings.push(
      doubtful('Bot berjalan di simulator, bukan di WhatsApp', `${STOP} Mulai lagi dengan: scripts/start --whatsapp.`),
    );
  else
    findings.push(
      CHANNEL_STATES[health.channel.state]?.(bot.port) ??
        doubtful(`Bot berjalan, keadaannya ${health.channel.state}`, ASK),
    );
  const waits = health.oldestUnsentAlertSeconds;
  if (waits !== null) findings.push(unsentAlert(waits * 1_000, true));
  return findings;
}

/** An alert goes out within seconds; after minutes something holds it. */
const PATIENCE = 5 * MINUTE;

function unsentAlert(age: Millis, botRuns: boolean): Finding {
  if (botRuns && age < PATIENCE) return good('Ada peringatan yang baru saja ditulis dan sedang dikirim');
  return wrong(
    `Ada peringatan untuk petugas yang belum terkirim sejak ${ageText(age)} lalu`,
    botRuns ? 'Periksa baris tentang WhatsApp di atas.' : START,
    'Sementara itu, hubungi petugas lewat telepon.',
  );
}

// ---------------------------------------------------------------- the database and the clock

export interface DatabaseFacts {
  readonly path: string;
  readonly exists: boolean;
  /** Undefined where it could not be read. */
  readonly found: Inspection | undefined;
  readonly bytes: number;
  readonly botRuns: boolean;
  readonly now: Millis;
}

export function checkDatabase(database: DatabaseFacts): Finding[] {
  const { path, found } = database;
  if (!database.exists) return [good('Database belum ada; dibuat sendiri saat bot pertama kali dimulai')];
  if (!found?.whole)
    return [
      wrong(
        `Database rusak atau tidak terbaca: ${path}`,
        STOP,
        'Simpan salinan berkas itu di tempat lain. Jangan dihapus.',
        'Pasang cadangan terakhir (docs/panduan-operator.md, bagian 11, “Cadangan”).',
        'Beri tahu yang merawat program.',
      ),
    ];
  if (found.version > found.newestVersion)
    return [
      wrong(
        `Database dibuat oleh program yang lebih baru (${found.version}) daripada program ini (${found.newestVersion})`,
        'Pasang program yang terbaru. Jangan memulai bot dengan program yang lama.',
      ),
    ];
  const later = found.version < found.newestVersion ? '; diperbarui sendiri saat bot dimulai' : '';
  const findings: Finding[] = [good(`Database utuh, ${sizeText(database.bytes)}${later}`)];
  // What waits is told by the bot itself while it runs.
  if (!database.botRuns && found.oldestAlertAt !== undefined)
    findings.push(unsentAlert(Math.max(0, database.now - found.oldestAlertAt), false));
  if (found.failedEvents > 0)
    findings.push(
      doubtful(
        `${found.failedEvents} pesan gagal diolah dan disimpan untuk dicoba lagi`,
        'Mulai ulang bot; ia mencoba lagi sendiri.',
        ASK,
      ),
    );
  if (found.dead > 0)
    findings.push(
      doubtful(
        `${found.dead} pesan bot tidak bisa dikirim`,
        'Lihat daftar laporan: tulis *daftar* ke bot sebagai petugas.',
        ASK,
      ),
    );
  return findings;
}

const EARLIEST = Date.UTC(2026, 10, 1);
const LATEST = Date.UTC(2060, 0, 1);
/** Clocks are set by a few seconds now and then. */
const SLACK = 2 * MINUTE;
const SET_CLOCK = ['Nyalakan jam otomatis: sudo timedatectl set-ntp true.', 'Periksa: timedatectl status.'];

/**
 * @param newestAt the newest time in the database: a clock that stands before it has been set back, or was wrong then
 * @param synchronised whether the system says that it sets its clock by the network; undefined where it does not say
 */
export function checkClock(now: Millis, newestAt: Millis | undefined, synchronised: boolean | undefined): Finding {
  if (now < EARLIEST || now > LATEST) return wrong(`Jam komputer salah: ${dateText(now)}`, ...SET_CLOCK);
  if (newestAt !== undefined && now < newestAt - SLACK)
    return wrong(
      `Jam komputer salah: ${dateText(now)}, padahal catatan terakhir bot ${dateText(newestAt)}`,
      ...SET_CLOCK,
      'Kalau jam komputer sekarang sudah benar, jam itu salah waktu dulu: beri tahu yang merawat program.',
    );
  if (synchronised === undefined)
    return doubtful(
      `Jam komputer: ${dateText(now)}. Tidak diketahui apakah disetel otomatis`,
      'Cocokkan dengan jam HP. Selisihnya tidak boleh lebih dari satu menit.',
    );
  return synchronised
    ? good(`Jam komputer: ${dateText(now)}`)
    : doubtful(`Jam komputer: ${dateText(now)}, tidak disetel otomatis`, ...SET_CLOCK);
}

// ---------------------------------------------------------------- as it is shown

export function shown(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ mark, line, todo = [] }) => {
    const [first, ...more] = todo;
    return [
      `${mark} ${line}`,
      ...(first ? [`   Yang harus dilakukan: ${first}`] : []),
      ...more.map((step) => `   ${step}`),
    ];
  });
  const count = (mark: Finding['mark']) => findings.filter((finding) => finding.mark === mark).length;
  const sum =
    count('❌') > 0
      ? `Ada ${count('❌')} hal yang salah. Perbaiki dulu yang bertanda ❌.`
      : count('⚠️') > 0
        ? `Tidak ada yang salah. ${count('⚠️')} hal perlu dilihat.`
        : 'Semua baik.';
  return [...lines, '', 'Koneksi internet dan WhatsApp sendiri tidak diperiksa di sini.', sum].join('\n');
}
