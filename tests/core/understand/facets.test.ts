// Who is in trouble and when somebody leaves, as villagers tell it. The sentences are made up; the vocabulary is the shipped one.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Who } from '../../../src/core/types.ts';
import { inGroup, inPrivate } from './vocabulary.ts';

const PEOPLE: readonly (readonly [Who | undefined, string])[] = [
  ['self', 'tolong pak saya disekap di kamboja, hp diambil'],
  ['self', 'tolong saya pak, saya dipaksa layani tamu'],
  ['self', 'paspor saya ditahan agen'],
  ['self', 'gaji sy 3 bulan dak dibayar majikan di malaysia'],
  ['self', 'ambo dikuruang di mess, indak buliah kalua'],
  ['self', 'aku dak biso pulang, paspor ditahan toke'],
  ['self', 'awak tkw di taiwan dipukul majikan tiok hari'],
  ['self', 'kami bertigo di dumai lah mau disebrangkan malam iko'],
  ['self', 'suami saya memukul saya, dia mau jual saya ke malaysia'],
  ['kin', 'adik saya disekap di kamboja dipukuli tiap hari'],
  ['kin', 'adek ambo lah 3 bulan indak ado kabar di malaysia'],
  ['kin', 'anak sayo nak dibawak urang ke malaysia besok'],
  ['kin', 'ponakan dibawa calo ke malaysia'],
  ['kin', 'laki saya kerja di kebun sawit sarawak gajinyo dak dibayar'],
  ['kin', 'paspor bini saya ditahan agen'],
  ['kin', 'dunsanak kami dijanjiin kerjo di malaysia, besok berangkat'],
  ['kin', 'mak saya di arab dak boleh pulang'],
  ['kin', 'adik perempuan saya dijemput travel malam ini ke dumai'],
  ['kin', 'anak bibi saya di malaysia disiksa'],
  ['kin', 'saya minta tolong pak, istri saya disekap majikan di riyadh'],
  ['kin', 'tetangga saya mau membawa adik saya ke malaysia'],
  ['another', 'tetangga saya mau dibawa ke malaysia'],
  ['another', 'tetanggo kito dijual urang ke malaysia'],
  ['another', 'ada warga desa kami yang paspornya ditahan agen'],
  ['another', 'anak tetangga umur 15 mau dijemput besok'],
  ['another', 'anak gadih tetanggo mau dikawinkan jo urang taiwan'],
  ['another', 'kawan ambo di myanmar disiksa'],
  ['another', 'adik teman saya dikurung majikan'],
  ['another', '5 orang warga sungai penuh disekap di kamboja'],
  ['another', 'saya lihat ada penampungan, banyak perempuan dikurung'],
  ['another', 'saya mau lapor pak, anak tetangga mau diberangkatkan'],
  ['another', 'ada anak smp mau dibawa kerja ke batam'],
  [undefined, 'ada calo keliling kampung cari orang kerja ke malaysia'],
  [undefined, 'saya mau lapor ada penampungan gelap di simpang'],
  [undefined, 'pak saya mau tanya'],
];

describe('who is in trouble', () => {
  for (const [who, text] of PEOPLE) test(`${who ?? 'not told'}: ${text}`, () => assert.equal(inPrivate(text).who, who));
});

const LEAVING: readonly (readonly [said: string, text: string])[] = [
  ['hari sabtu', 'anak tetangga mau dibawa ke malaysia hari sabtu'],
  ['besok malam', 'adik saya disuruh berangkat besok malam'],
  ['besok malam', 'saya mau diberangkatkan besok malam lewat dumai saya takut'],
  ['lusa', 'kato urang tu lusa dijemput travel'],
  ['hari sabtu ini', 'anak ambo nak berangkek ari sabtu ko'],
  ['besok', 'isuak lah barangkek adiak ambo ka malaysia'],
  ['tgl 8 des', 'dia diberangkatkan tgl 8 des'],
  ['tanggal 30', 'berangkatnya tanggal 30'],
  ['tanggal 12 bulan 12 2026', 'katanya berangkat 12/12/2026 naik kapal dari dumai'],
  ['tanggal 5 bulan 12', 'tgl. 5-12 berangkat ke malaysia'],
  ['tiga hari lagi', 'tiga hari lagi dia mau diterbangkan ke kamboja'],
  ['malam ini', 'malam iko anak tu dijemput'],
  ['nanti malam', 'nanti malam kami mau diseberangkan'],
  ['besok pagi', 'besuk pagi adek dipindah ke kantor lain'],
  ['minggu depan', 'minggu depan dinikahkan sama orang taiwan'],
  ['senin depan', 'paspor sudah jadi, senin depan berangkat'],
  ['sabtu besok', 'sbtu bsk brgkt ke mlysia adek sy pak'],
  ['besok malam', 'bsk mlm mw d jmput ade sy'],
  ['hari sabtu', 'tigo urang dusun kami nak dibao ka batam ari sabtu'],
  ['tanggal 1 desember', 'tiket pesawat tanggal 1 desember sudah dibeli agen'],
  ['jumat malam', 'saya terjebak di dumai, tekong bilang nyeberang jumat malam'],
  ['subuh besok', 'jam 3 subuh besok mau lewat jalan tikus dibawa tekong'],
  ['hari rabu tanggal 9 desember', 'berangkat hari rabu tanggal 9 desember lewat batam'],
  ['sabtu', 'katanya bayar dulu, sabtu berangkat'],
  ['tanggal 1', 'dijanjikan berangkat tanggal 1'],
  ['hari sabtu', 'adik saya mau dibawa ke malaysia hari sabtu, sampai sekarang paspornya dipegang agen'],
];

describe('when somebody leaves', () => {
  for (const [said, text] of LEAVING)
    test(`${said}: ${text}`, () => assert.deepEqual(inPrivate(text).when, { said, leaves: true }));
});

const NOT_LEAVING: readonly string[] = [
  'adik saya sudah berangkat kemarin ke malaysia',
  'sudah dibawa hari senin, sekarang tidak ada kabar',
  'suami saya gajian tanggal 5 tapi tidak dibayar',
  'adik saya dibawa agen ke malaysia sejak hari senin',
  'anak saya dibawa hari minggu kemarin',
  'mereka menyeberang hari kamis yang lalu',
  'adik tidak jadi berangkat hari sabtu',
  'dia lahir tanggal 12, sekarang di malaysia disekap majikan',
  'agen janji bayar tanggal 28, paspor adik ditahan',
  'uang saya dibawa kabur, janji balik tanggal 28',
  'adik saya dibawa polisi hari senin, sampai sekarang ditahan',
  'paspor saya diambil agen waktu berangkat tanggal 3',
  'saya berangkat tanggal 3 bulan 2, gaji tidak dibayar sampai sekarang',
  'adik berangkat hari sabtu, sampai sekarang tidak ada kabar',
  'anak saya dibawa orang hari kamis tidak pulang-pulang',
  'waktu itu hari jumat saya diantar ke penampungan, paspor diambil',
  'saya mau pergi ke kantor imigrasi hari senin, paspor saya ditahan agen',
  'agen suruh saya datang ke kantornya besok bawa uang',
  'tiap hari minggu kami dikunci di mess',
  'malam ini saya tidak dikasih makan',
  'tgl 20 kemarin anak saya dijemput travel',
  'saya antar ibu ke puskesmas hari rabu, dia dipukul majikan',
  'mereka akan pulang hari sabtu tapi paspor ditahan',
  '8-10 orang dibawa ke dumai',
  'umur 16 dibawa ke batam, bayar 1/2 juta',
];

describe('when nobody leaves', () => {
  for (const text of NOT_LEAVING) test(text, () => assert.notEqual(inPrivate(text).when?.leaves, true));
});

test('a day by itself is told as no more than that', () => {
  assert.deepEqual(inPrivate('hari sabtu').when, { said: 'hari sabtu', leaves: false });
  assert.equal(inPrivate('hari sabtu kemarin').when, undefined);
});

test('how a day was said holds no other word of who said it', () => {
  const said = inPrivate('adik saya si Melati berangkat besok malam jam 8 dari rumah Pak Ujang').when?.said;
  assert.equal(said, 'besok malam jam 8');
});

test('numbers are found whatever a private message seems to be, as in an answer to a question', () => {
  assert.deepEqual(inPrivate('namanya Ujang 0800-0000-1111').contacts, ['080000001111']);
});

test('ordinary chat in a group is asked nothing', () => {
  const chat = inGroup('besok pagi ke pasar yuk, sekalian beli ikan, telepon saja 0800-0000-1111');
  assert.equal(chat.kind, 'silent');
  assert.deepEqual([chat.who, chat.when, chat.contacts], [undefined, undefined, []]);
});

test('an advert tells of nobody in trouble, and of its numbers', () => {
  const text =
    'DIBUTUHKAN SEGERA kerja pabrik malaysia gaji 15 juta, tanpa skill, paspor dibiayai. Hubungi kami 0800-0000-1111, berangkat tanggal 30, banyak warga desa kami sudah ikut';
  const advert = inGroup(text);
  assert.equal(advert.kind, 'warn', advert.why.join(' '));
  assert.equal(advert.who, undefined);
  assert.deepEqual(advert.contacts, ['080000001111']);
});

test('what makes a report urgent is named', () => {
  assert.deepEqual(inPrivate('adik saya disekap di kamboja, paspor ditahan').reasons, ['confined']);
  assert.deepEqual(inPrivate('paspor saya ditahan agen').reasons, []);
});
