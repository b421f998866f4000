// What villagers mean. The sentences are made up; vocabulary, topics and examples are the shipped ones, unless said.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Accused, Kind, Meaning, Severity, Sign, Topic, TopicId } from '../../src/core/types.ts';
import { type Example, prepare, teach, understand, wordsOf } from '../../src/core/understand.ts';
import { SHIPPED } from '../content/taught.ts';
import { inGroup, inPrivate, vocabulary } from './understand/vocabulary.ts';

const toBot = (text: string): Meaning =>
  understand(text, SHIPPED.understanding, { chat: 'group', addressed: true, attachments: 0 });
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
  ['human', 'saya tidak mau dijawab robot, orangnya ada tidak'],
  ['human', 'istri saya WN Filipina mau perpanjang kitas, syaratnya apa'],
  ['answer', 'syarat paspor anak apa saja'],
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
  const { understanding } = SHIPPED;
  assert.equal(understand('', understanding, heard).kind, 'report');
  assert.equal(understand('', understanding, heard).severity, 'biasa');
  assert.equal(understand('👍', understanding, { ...heard, attachments: 0 }).kind, 'menu');
  assert.equal(understand('', understanding, { chat: 'group', addressed: false, attachments: 1 }).kind, 'silent');
});

for (const text of ['mau lapor', 'saya mau melapor pak', 'izin lapor'])
  test(`wishes to report, and says nothing yet of what: ${text}`, () => {
    assert.equal(inPrivate(text).reporting, 'wish', shown(inPrivate(text)));
    assert.equal(inGroup(text).reporting, 'wish', shown(inGroup(text)));
    assert.equal(inGroup(text).kind, 'answer');
  });

for (const text of ['cara lapor gimana', 'lapor ke mana ya', 'baa caro malapor'])
  test(`asks how to report: ${text}`, () => {
    assert.equal(inPrivate(text).reporting, 'how', shown(inPrivate(text)));
    assert.equal(inPrivate(text).topics[0]?.topic, 'lapor-cara');
  });

test('who tells facts does not only wish to report', () => {
  const meaning = inPrivate('mau lapor pak, adik saya dibawa calo ke Malaysia');
  assert.equal(meaning.kind, 'report');
  assert.equal(meaning.reporting, undefined);
  assert.equal(inGroup('mau lapor pak RT, lampu jalan di depan masjid mati lagi').reporting, undefined);
});

// ---------------------------------------------------------------- topics

test('topics are ranked by how likely they are, the likeliest first, and add up to no more than one', () => {
  for (const text of ['paspor hilang bayar berapa', 'berapa biaya paspor 10 tahun', 'paspor gimana']) {
    const likely = inPrivate(text).topics.map(({ probability }) => probability);
    assert.deepEqual(
      likely,
      likely.toSorted((a, b) => b - a),
    );
    assert.ok(likely.reduce((sum, one) => sum + one, 0) <= 1.000_001);
  }
  assert.equal(inPrivate('berapa biaya paspor 10 tahun').topics[0]?.topic, 'paspor-biaya');
});

test('in private what may be two topics is in doubt, and both are named', () => {
  const meaning = inPrivate('overstay');
  assert.equal(meaning.kind, 'answer');
  assert.equal(meaning.confidence, 'doubtful');
  assert.deepEqual(meaning.topics.map(({ topic }) => topic as string).sort(), ['pmi-nonprosedural', 'visa-salah-guna']);
});

for (const topic of SHIPPED.topics)
  test(`each keyword of ${topic.id}, typed to the bot, leads to it`, () => {
    for (const keyword of topic.keywords)
      for (const typed of [keyword, keyword.toUpperCase(), `${keyword}?`]) {
        const meaning = inPrivate(typed);
        assert.equal(meaning.kind, 'answer', typed);
        const led = meaning.confidence === 'sure' ? meaning.topics.slice(0, 1) : meaning.topics.slice(0, 3);
        assert.ok(
          led.some((one) => one.topic === topic.id),
          typed,
        );
      }
  });

// ---------------------------------------------------------------- learning

function topic(id: string, title: string, keywords: readonly string[], questions: readonly string[]): Topic {
  return { id: id as TopicId, title, keywords, questions, answer: '', more: '' };
}

const FEW: readonly Topic[] = [
  topic(
    'ongkos',
    'Biaya',
    ['biaya paspor', 'tarif'],
    ['berapa biaya paspor', 'bikin paspor bayar berapa', 'tarif paspor'],
  ),
  topic('tercecer', 'Hilang', ['paspor hilang'], ['paspor saya hilang bagaimana', 'paspor hilang lapor ke mana']),
];
const silent = (text: string): Example => ({ text, kind: 'silent', topics: [], hand: 'x' });
const SOME: readonly Example[] = [
  silent('besok gotong royong di masjid'),
  silent('hujan lagi di masjid'),
  silent('selamat pagi semua'),
];

function learntFrom(topics: readonly Topic[], examples: readonly Example[] = SOME) {
  const words = wordsOf(topics, vocabulary);
  return prepare(topics, words, teach(topics, words, examples));
}
const toldPrivately = (text: string, topics: readonly Topic[]): Meaning =>
  understand(text, learntFrom(topics), { chat: 'private', addressed: true, attachments: 0 });

test('without topics nothing is answered, and nothing breaks', () => {
  const meaning = toldPrivately('berapa biaya paspor?', []);
  assert.notEqual(meaning.kind, 'answer');
  assert.deepEqual(meaning.topics, []);
});

test('a topic is known by its file alone: another id, the same answer', () => {
  const renamed = FEW.map((one) => ({ ...one, id: `x-${one.id}` as TopicId }));
  assert.equal(toldPrivately('biaya paspor berapa ya', renamed).topics[0]?.topic, 'x-ongkos');
  assert.equal(toldPrivately('paspor hilang lapor siapa', renamed).topics[0]?.topic, 'x-tercecer');
});

test('a keyword that nobody has used before has effect, alone and beside other words', () => {
  const [first, second] = FEW as [Topic, Topic];
  const more = [first, { ...second, keywords: [...second.keywords, 'zambrud merah'] }];
  assert.equal(toldPrivately('zambrud merah', more).topics[0]?.topic, 'tercecer');
  const asked = (topics: readonly Topic[]) =>
    toldPrivately('bayar berapa untuk zambrud merah', topics).topics.find((one) => one.topic === 'tercecer')
      ?.probability ?? 0;
  assert.ok(asked(more) > asked(FEW), `${asked(more)} is not above ${asked(FEW)}`);
});

test('the same lessons teach the same', () => {
  assert.deepEqual(learntFrom(FEW).learnt, learntFrom(FEW).learnt);
});

test('an example changes what is understood', () => {
  const meant = (examples: readonly Example[]) =>
    understand('kucing hijau melompat', learntFrom(FEW, examples), { chat: 'private', addressed: true, attachments: 0 })
      .kind;
  const report = (text: string): Example => ({ text, kind: 'report', severity: 'biasa', topics: [], hand: 'x' });
  assert.notEqual(meant(SOME), 'report');
  assert.equal(meant([...SOME, report('kucing hijau melompat pagar'), report('kucing hijau melompat lagi')]), 'report');
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
