// What villagers mean. The sentences are made up; the vocabulary is the shipped one, the topics are this test's own.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadLanguage } from '../../src/content/language.ts';
import type { Accused, Kind, Meaning, Severity, Sign, Topic, TopicId } from '../../src/core/types.ts';
import { prepare, understand } from '../../src/core/understand.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const vocabulary = loadLanguage(join(ROOT, 'data', 'language'), 'data/language', []);
assert.ok(vocabulary, 'the shipped language files load');

function topic(id: string, title: string, keywords: readonly string[], questions: readonly string[]): Topic {
  return { id: id as TopicId, title, keywords, questions, answer: '', more: '' };
}

const TOPICS: readonly Topic[] = [
  topic(
    'ongkos',
    'Biaya paspor',
    ['biaya paspor', 'tarif paspor', 'biaya', 'masa berlaku', 'epaspor'],
    [
      'berapa biaya paspor',
      'bikin paspor bayar berapa',
      'paspor elektronik berapa duit',
      'paspor 10 tahun berapa harganya',
      'perpanjang paspor kena berapa',
      'berapa lama paspor jadi',
    ],
  ),
  topic(
    'tercecer',
    'Paspor hilang atau rusak',
    ['paspor hilang', 'paspor rusak', 'hilang', 'rusak'],
    [
      'paspor saya hilang bagaimana',
      'paspor sobek apa bisa dipakai',
      'paspor kena banjir harus diganti',
      'kehilangan paspor lapor ke mana dulu',
    ],
  ),
  topic(
    'periksa',
    'Memeriksa agen',
    ['cek agen', 'agen resmi', 'agen', 'terdaftar', 'perusahaan penempatan', 'izin'],
    [
      'cara cek agen resmi',
      'PT ini terdaftar tidak',
      'bagaimana tahu agen itu asli atau tipu',
      'cek perusahaan penyalur di mana',
    ],
  ),
  topic(
    'arti',
    'Apa itu TPPO',
    ['tppo', 'perdagangan orang', 'eksploitasi'],
    ['tppo itu apa', 'apa arti perdagangan orang', 'contoh tppo apa saja', 'jelaskan perdagangan manusia'],
  ),
];

const understanding = prepare(TOPICS, vocabulary);
const inGroup = (text: string): Meaning =>
  understand(text, understanding, { chat: 'group', addressed: false, attachments: 0 });
const toBot = (text: string): Meaning =>
  understand(text, understanding, { chat: 'group', addressed: true, attachments: 0 });
const inPrivate = (text: string): Meaning =>
  understand(text, understanding, { chat: 'private', addressed: true, attachments: 0 });
const shown = (meaning: Meaning) => `${meaning.kind} ${meaning.confidence}: ${meaning.why.join(' ')}`;

// ---------------------------------------------------------------- in a group, unasked

const SPOKEN: readonly (readonly [Kind, string])[] = [
  ['answer', 'berapa biaya bikin paspor sekarang pak?'],
  ['answer', 'brp byr pspor skrg min'],
  ['answer', 'paspor ambo hilang di pasa, baa caronyo maurus nan baru?'],
  ['answer', 'apo itu tppo pak, tadi disebut waktu sosialisasi'],
  ['answer', 'bagaimana cara cek agen penyalur ke taiwan itu resmi atau tidak?'],
  ['report', 'tolong pak, adik saya disekap di Kamboja, tiap malam dipukuli bosnya'],
  ['report', 'tlg min adk sy d skap d kmboja, hp ny d ambl'],
  ['report', 'anak tetangga sayo umur 15 nak dibawak tekong ke malaysia besok malam lewat dumai'],
  ['report', 'kakak kami TKW di Riyadh sudah 3 hari dikunci majikan tidak dikasih makan'],
  ['report', 'kamanakan ambo di Johor dilacuik majikannyo, paspornyo ditahan, kini basambunyi'],
  ['report', 'suami saya ditahan di Myanmar, mereka minta tebusan 50 juta baru dilepas'],
  ['report', 'ado uhang keliling dusun ngumpulin KTP budak gadis, katonyo nak dikerjokan ke Malaysia'],
  ['report', 'paspor istri saya ditahan agen sudah 5 bulan, disuruh bayar 10 juta kalau mau diambil'],
  [
    'warn',
    'LOKER KAMBOJA 🇰🇭 admin online gaji 14 juta, tiket ditanggung, tanpa ijazah, paspor dibuatkan, minat wa.me/620000000001',
  ],
  [
    'warn',
    'siapo nak kerjo kilang di Malaysia, gaji 7 juta, pakai paspor pelancong bae, berangkat minggu ni, potong gaji, japri aku',
  ],
  [
    'warn',
    'Dibutuhkan 10 wanita ART Riyadh, pakai visa umroh, uang saku keluarga 8 juta, tanpa izin suami, hubungi Bunda 0800-0000-0001',
  ],
  [
    'warn',
    'Dicari gadis 18-25 tahun untuk dinikahkan dengan pria Taiwan mapan, mahar 80 juta, paspor tiket gratis, rahasia terjamin',
  ],
];

for (const [kind, text] of SPOKEN)
  test(`group, spoken: ${kind}: ${text}`, () => {
    const meaning = inGroup(text);
    assert.equal(meaning.kind, kind, shown(meaning));
    assert.ok(meaning.confidence === 'sure', shown(meaning));
  });

const UNSPOKEN: readonly string[] = [
  'selamat pagi semua, jangan lupa gotong royong besok jam 7',
  'makasih pak petugas penyuluhan TPPO tadi siang, mantap',
  'alhamdulillah paspor umroh emak sudah jadi, doakan lancar',
  'anak pak Darwis pulang dari Malaysia bawa oleh-oleh milo wkwk',
  'nonton berita tadi? 20 WNI dipulangkan dari Kamboja, kasihan',
  'agen gas 3 kilo di simpang kosong dari kemarin',
  'dibutuhkan kasir toko roti di Sungai Penuh, gaji UMK, antar lamaran langsung ke toko',
  'kunci motor hilang di lapangan, yang nemu tolong lapor pak RT',
  'listrik mati lagi, sampai jam berapa ya?',
  'ayam saya hilang dua ekor, siapa yang lihat?',
  'min kenapa pulsa saya hilang terus',
  'SIM saya ditahan polisi di simpang tadi pagi',
  'halo',
  '👍',
  'syarat paspor anak apa saja',
  'jadwal kantor imigrasi hari sabtu buka tidak',
  'saya mau bicara dengan petugas imigrasi',
];

for (const text of UNSPOKEN)
  test(`group, silent: ${text}`, () => {
    const meaning = inGroup(text);
    assert.ok(meaning.kind === 'silent' || meaning.confidence === 'doubtful', shown(meaning));
    assert.ok(meaning.kind !== 'human' && meaning.kind !== 'menu', shown(meaning));
  });

// ---------------------------------------------------------------- in private, or addressed

const PRIVATE: readonly (readonly [Kind, string])[] = [
  ['menu', 'assalamualaikum'],
  ['menu', 'P'],
  ['menu', 'ini bot apa ya, bisa bantu apa saja'],
  ['menu', 'bu, kue bawangnya jadi diambil jam berapa?'],
  ['human', 'saya mau bicara langsung dengan petugas'],
  ['human', 'bukan robot dong, orangnya ada tidak'],
  ['human', 'istri saya WN Filipina mau perpanjang kitas, syaratnya apa'],
  ['human', 'syarat paspor anak apa saja'],
  ['human', 'permohonan paspor saya sudah 2 minggu statusnya belum berubah, tolong dicekkan'],
  ['answer', 'biaya paspor elektronik brp min'],
  ['answer', 'paspor saya kena banjir dan sobek, bisa dipakai?'],
  ['answer', 'PT Angin Sejahtera itu terdaftar tidak min? cara ceknya gimana'],
  ['report', 'saya mau melapor, tetangga saya ngumpulin orang mau dibawa ke Malaysia tanpa paspor'],
  ['report', 'paspor adik dipegang calo sudah lama'],
  ['report', 'aku mau bunuh diri'],
  ['report', 'pak RT suruh saya lapor ke sini, paspor ditahan agen'],
  ['menu', 'takut hujan'],
  ['report', 'gaji saya 6 bulan tidak dibayar majikan di Johor'],
  ['report', 'anak saya dijanjikan kerja di restoran, ternyata disuruh menipu orang lewat internet, dia minta pulang'],
  ['report', 'pak kami berlima di pelabuhan dumai, yang bawa kami kabur, paspor dibawanya'],
  ['report', 'abang saya merantau ke Sabah sejak tahun lalu tidak ada kabar, nomornya mati'],
  ['report', 'sudah setor 20 juta ke sponsor janji berangkat ke Korea, sampai sekarang tidak berangkat'],
  ['report', 'ado uhang cino tigo orang tinggal di kontrakan dekat sawah, dak pernah lapor RT, mencurigakan'],
  [
    'warn',
    'dapat ini dari grup sebelah: LOWONGAN MYANMAR gaji 15 juta tiket gratis tanpa pengalaman berangkat minggu ini hubungi 0800-0000-0002',
  ],
];

for (const [kind, text] of PRIVATE)
  test(`private: ${kind}: ${text}`, () => {
    const meaning = inPrivate(text);
    assert.equal(meaning.kind, kind, shown(meaning));
  });

test('addressed in a group, what would be silence is the menu', () => {
  assert.equal(toBot('besok hujan tidak ya').kind, 'menu');
  assert.equal(toBot('tolong sambungkan ke petugas').kind, 'human');
});

test('an attachment without words, in private, is a report; in a group it is silence', () => {
  const heard = { chat: 'private', addressed: true, attachments: 1 } as const;
  assert.equal(understand('', understanding, heard).kind, 'report');
  assert.equal(understand('', understanding, heard).severity, 'biasa');
  assert.equal(understand('👍', understanding, { ...heard, attachments: 0 }).kind, 'menu');
  assert.equal(understand('', understanding, { chat: 'group', addressed: false, attachments: 1 }).kind, 'silent');
});

const ASKS_HOW: readonly string[] = [
  'mau lapor',
  'saya mau melapor pak',
  'cara lapor gimana',
  'kalau mau ngadu ke mana ya min',
  'baa caro malapor',
];

for (const text of ASKS_HOW)
  test(`asks how to report: ${text}`, () => {
    assert.ok(inPrivate(text).why.includes('how-to-report'), shown(inPrivate(text)));
    assert.equal(inPrivate(text).kind, 'menu');
    const group = inGroup(text);
    assert.ok(group.why.includes('how-to-report'), shown(group));
    assert.equal(group.kind, 'answer');
    assert.ok(group.confidence === 'sure');
  });

test('who tells facts does not ask how to report', () => {
  const meaning = inPrivate('mau lapor pak, adik saya dibawa calo ke Malaysia');
  assert.equal(meaning.kind, 'report');
  assert.ok(!meaning.why.includes('how-to-report'));
});

test('a loaded topic on reporting answers who asks how', () => {
  const more = prepare(
    [
      ...TOPICS,
      topic(
        'melapor',
        'Cara melapor',
        ['cara lapor', 'cara melapor', 'lapor'],
        ['cara lapor bagaimana', 'mau lapor ke mana'],
      ),
    ],
    vocabulary,
  );
  const meaning = understand('cara lapor gimana', more, { chat: 'group', addressed: false, attachments: 0 });
  assert.equal(meaning.kind, 'answer');
  assert.equal(meaning.topics[0]?.topic, 'melapor');
  // The mark stays: in a group one fixed sentence answers it.
  assert.ok(meaning.why.includes('how-to-report'));
});

// ---------------------------------------------------------------- topics

test('topics are ranked, best first, and named for a report too', () => {
  assert.equal(inGroup('paspor hilang bayar berapa').topics[0]?.topic, 'tercecer');
  assert.equal(inPrivate('berapa biaya paspor 10 tahun').topics[0]?.topic, 'ongkos');
  assert.ok(
    inPrivate('tolong, paspor adik saya hilang dibawa lari tekong').topics.some((fit) => fit.topic === 'tercecer'),
  );
});

test('without topics nothing is answered, and nothing breaks', () => {
  const none = prepare([], vocabulary);
  const meaning = understand('berapa biaya paspor?', none, { chat: 'private', addressed: true, attachments: 0 });
  assert.equal(meaning.kind, 'human');
  assert.deepEqual(meaning.topics, []);
});

test('a topic is known by its file alone: another id, the same answer', () => {
  const renamed = prepare(
    TOPICS.map((one) => ({ ...one, id: `x-${one.id}` as TopicId })),
    vocabulary,
  );
  const meaning = understand('berapa biaya paspor?', renamed, { chat: 'group', addressed: false, attachments: 0 });
  assert.equal(meaning.topics[0]?.topic, 'x-ongkos');
});

// ---------------------------------------------------------------- severity, signs, countries

const SEVERE: readonly (readonly [Severity, string, readonly Sign[], readonly string[]])[] = [
  [
    'darurat',
    'adik saya dikunci di mess di Poipet, disetrum kalau tidak capai target',
    ['confined', 'beaten'],
    ['Kamboja'],
  ],
  ['darurat', 'anak tino umur 16 dibawak uhang ka Batam', ['child'], []],
  ['darurat', 'malam ini jam 11 ada 5 orang dijemput travel mau ke Malaysia', ['leaving-soon'], ['Malaysia']],
  ['darurat', 'bosnya minta tebusan 70 juta kalau kakak saya mau dilepas', ['ransom'], []],
  ['darurat', 'sudah dua hari tidak dikasih makan, HP dirampas', ['starved', 'confined'], []],
  ['darurat', 'keponakan kami dipaksa layani tamu di karaoke', ['sexual-abuse'], []],
  ['darurat', 'teman saya kabur dari majikan, sekarang sembunyi di kebun sawit di Pahang', ['hunted'], ['Malaysia']],
  ['darurat', 'kawannya meninggal di kapal dan dibuang ke laut', ['death'], []],
  ['biasa', 'paspor saya ditahan agen di Jakarta, disuruh tebus 5 juta', ['passport-withheld'], []],
  ['biasa', 'gaji istri saya 4 bulan tidak dibayar di Taiwan', ['wages-withheld'], ['Taiwan']],
  ['biasa', 'abang saya di Arab sudah 2 tahun tidak ada kabar', ['no-contact'], ['Arab Saudi']],
  ['biasa', 'paspor kanti sayo digadaikan ke rentenir', ['passport-misuse'], []],
  ['biasa', 'KTP saya dipinjam, umurnya dipalsukan di akte', ['forged-papers'], []],
  ['biasa', 'sudah transfer 15 juta ke sponsor, orangnya hilang', ['money-paid'], []],
  ['biasa', 'ada sponsor keliling cari janda untuk kerja di Hongkong', ['recruiting'], ['Hong Kong']],
  ['biasa', 'tetangga kerja di Seoul pakai visa turis', ['wrong-visa'], ['Korea Selatan']],
  ['biasa', 'ada WNA tinggal di homestay tidak lapor', ['foreigner'], []],
  ['biasa', 'gadis kampung kami ditawari mahar untuk nikah dengan orang Tiongkok', ['bride-order'], ['Tiongkok']],
  ['biasa', 'mereka biasa lewat jalan tikus di Entikong tanpa paspor', ['crossing-secretly'], []],
  ['biasa', 'kawan kerja jadi admin judi online di Sihanoukville', ['scam-compound'], ['Kamboja']],
];

for (const [severity, text, signs, countries] of SEVERE)
  test(`${severity} ${signs.join(' ')}: ${text}`, () => {
    const meaning = inPrivate(text);
    assert.equal(meaning.severity, severity, shown(meaning));
    for (const sign of signs) assert.ok(meaning.signs.includes(sign), `${sign}: ${shown(meaning)}`);
    for (const country of countries)
      assert.ok(meaning.countries.includes(country), `${country}: ${meaning.countries.join()}`);
  });

test('countries are told, villages and persons are not', () => {
  assert.deepEqual(inPrivate('adik dari Hiang Sakti dibawa Pak Somad ke Johor lalu ke 🇹🇭').countries, [
    'Malaysia',
    'Thailand',
  ]);
});

// ---------------------------------------------------------------- who is accused

const ACCUSED: readonly (readonly [readonly Accused[], string])[] = [
  [['officer'], 'petugas imigrasi minta uang 2 juta supaya paspor anak saya cepat jadi'],
  [['officer'], 'orang imigrasi di loket itu main sama calo, adik saya jadi korban'],
  [['officer'], 'saya diminta 3 juta, katanya untuk orang dalam'],
  [['officer'], 'pimpasa ikut ngantar orang ke Dumai'],
  [['officer'], 'jangan kasih tau petugas ya pak, saya takut'],
  [['officer'], 'yang nipu kami bukan orang imigrasi katanya, tapi pakai seragam'],
  [['head'], 'kepala kantor imigrasi terima setoran dari tekong'],
  [['head'], 'kakanim tahu soal calo itu dan diam saja'],
  [['official'], 'pak kades minta 2 juta buat surat izin kerja ke Malaysia'],
  [['official'], 'kepala desa kami yang ngumpulin KTP orang untuk dikirim ke Malaysia'],
  [['official'], 'pak RT sendiri yang membawa anak gadis itu ke agen'],
  [['official'], 'tekong itu adik kades, makanya dak ado yang berani'],
  [['official'], 'jangan bilang ke kades ya'],
  [['official'], 'sekdes bikinkan KTP palsu umur 21'],
  [['official'], 'kadus nan manarimo pitih dari calo tu'],
  [['police'], 'polisi yang bekingi tekong itu'],
  [['officer', 'police'], 'oknum aparat ikut jual orang'],
  [['police'], 'takut lapor karena bosnya setor ke polsek'],
  [['police'], 'tentara yang punya penampungan itu'],
  [['official'], 'dak usah lapor kades, dio ikut main jugo samo tekong'],
  [['official', 'police'], 'kades dan polisi dapat jatah dari sponsor'],
  [[], 'pak kades, mau lapor, adik saya dibawa calo'],
  [[], 'Assalamualaikum pak petugas, paspor saya ditahan agen'],
  [[], 'tolong pak polisi, anak saya disekap di Batam'],
  [[], 'sudah lapor ke polisi tapi belum ada kabar, adik saya dibawa tekong'],
  [[], 'lah lapor ka pak RT, dak ado tindakan, adik masih disekap'],
  [[], 'mereka berangkat tanpa surat dari kades'],
  [[], 'kata pak kades lapor di sini, anak saya dibawa calo ke Malaysia'],
  [[], 'pak RT belum tahu, anak saya dibawa agen'],
  [[], 'Warga kami dibawa tekong ke Dumai siang tadi. Mohon arahan. Kades'],
  [[], 'saya kadus, melaporkan 4 warga dibawa sponsor ke Kuching'],
  [[], 'ada orang asing di RT 3 tidak lapor'],
  [[], 'abang saya ditangkap polisi di Malaysia, paspornya di majikan'],
  [[], 'adik saya disekap, saya mau bicara dengan petugas'],
  [[], 'kalau ditanya petugas disuruh bilang liburan, padahal kerja di Johor'],
  [[], 'petugas imigrasi baik nian, makasih'],
  [[], 'kemarin petugas penyuluhan bilang lapor ke sini, adik saya ditahan majikan'],
  [[], 'paspor adik saya ditahan calo'],
];

for (const [accused, text] of ACCUSED)
  test(`accused: ${accused.join(' ') || 'nobody'}: ${text}`, () => {
    const meaning = inPrivate(text);
    assert.deepEqual([...meaning.accuses].sort(), [...accused].sort(), shown(meaning));
  });

test('who tells what an officer did is taken down, however little it looks like a report', () => {
  assert.equal(inPrivate('petugas imigrasi minta uang').kind, 'report');
});

// ---------------------------------------------------------------- borders and speed

const RULE_QUESTIONS: readonly string[] = [
  'kalau paspor dipinjam orang hukumannya apa ya',
  'seandainya ada yang disekap di luar negeri, keluarga harus bagaimana?',
  'apakah boleh kerja di Malaysia pakai visa turis?',
  'berapa tahun penjara buat calo yang menjual orang?',
];

for (const text of RULE_QUESTIONS)
  test(`a rule asked is no report: ${text}`, () => assert.notEqual(inGroup(text).kind, 'report', shown(inGroup(text))));

test('odd texts do no harm', () => {
  for (const text of ['', ' ', '?', '*_~`', '\u202E', 'a'.repeat(20_000), '1234567890'.repeat(50), '🤣'.repeat(500)])
    assert.ok(
      ['silent', 'answer'].includes(inGroup(text).kind) || inGroup(text).confidence === 'doubtful',
      text.slice(0, 20),
    );
});

test('a message takes well under a millisecond', () => {
  const texts = [...SPOKEN.map(([, text]) => text), ...UNSPOKEN];
  for (const text of texts) inGroup(text);
  const rounds = 20;
  const begun = performance.now();
  for (let round = 0; round < rounds; round++) for (const text of texts) inGroup(text);
  const each = (performance.now() - begun) / (rounds * texts.length);
  assert.ok(each < 1, `${each.toFixed(3)} ms`);
});

// ---------------------------------------------------------------- labelled messages of other authors, where they are at hand

interface Labelled {
  readonly text: string;
  readonly chat?: 'group' | 'private';
  readonly kind?: Kind;
  readonly severity?: Severity;
}

const SHARED = join(ROOT, '..', 'shared', 'language');

function labelled(name: string): readonly Labelled[] {
  return readFileSync(join(SHARED, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Labelled);
}

const hear = ({ text, chat }: Labelled): Meaning => (chat === 'private' ? inPrivate(text) : inGroup(text));
const isSpoken = (meaning: Meaning, kind: Kind) => meaning.kind === kind && meaning.confidence === 'sure';

function share(messages: readonly Labelled[], right: (meaning: Meaning, message: Labelled) => boolean): number {
  return messages.filter((message) => right(hear(message), message)).length / messages.length;
}

/** Share of the group's reports and adverts spoken to, of private reports taken down, of urgent ones seen as such. */
const FLOORS = [
  { file: 'dev-b.jsonl', report: 0.72, warn: 0.94, taken: 0.96, urgent: 0.94 },
  { file: 'dev-d.jsonl', report: 0.8, warn: 0.94, taken: 0.96, urgent: 0.92 },
];

for (const floor of FLOORS)
  test(`floor: ${floor.file}`, {
    skip: !existsSync(join(SHARED, floor.file)) && 'the labelled messages are not here',
  }, () => {
    const messages = labelled(floor.file);
    const of = (chat: string, kind: Kind) =>
      messages.filter((message) => message.chat === chat && message.kind === kind);
    const report = share(of('group', 'report'), (meaning) => isSpoken(meaning, 'report'));
    const warn = share(of('group', 'warn'), (meaning) => isSpoken(meaning, 'warn'));
    const taken = share(of('private', 'report'), (meaning) => meaning.kind === 'report');
    const severe = messages.filter((message) => message.kind === 'report' && message.severity === 'darurat');
    const urgent = share(severe, (meaning) => meaning.severity === 'darurat');
    const reached = JSON.stringify({ report, warn, taken, urgent });
    assert.ok(report >= floor.report && warn >= floor.warn && taken >= floor.taken && urgent >= floor.urgent, reached);
    assert.ok(
      of('private', 'report').every((message) => inPrivate(message.text).kind !== 'menu'),
      'a private report got a mere menu',
    );
  });

/** Spoken unasked to what the public wrote, of 10,000 messages. */
const SPOKEN_IN_VAIN = 10;

test('floor: real chat', {
  skip: !existsSync(join(SHARED, 'real-chat-dev.jsonl')) && 'the real messages are not here',
}, () => {
  const messages = labelled('real-chat-dev.jsonl');
  const spoken = share(messages, (meaning) => meaning.kind !== 'silent' && meaning.confidence === 'sure') * 10_000;
  assert.ok(spoken <= SPOKEN_IN_VAIN, `${spoken.toFixed(1)} per 10,000`);
});
