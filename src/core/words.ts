// Every sentence the bot itself says. Indonesian that a person with primary school can follow; one idea a line.

import { cleanLine } from './text.ts';
import { ageText, clockText, DAY, dateText, dayText, type ScheduleFault, scheduleText } from './time.ts';
import type {
  AttachmentType,
  Broadcast,
  BroadcastDraft,
  Capability,
  Case,
  ChannelEvent,
  Chat,
  Checked,
  Door,
  Millis,
  Office,
  Person,
  Purpose,
  QuestionKind,
  ReadyBroadcast,
  Reason,
  Sign,
  Topic,
  Unsaid,
  Village,
  Who,
} from './types.ts';

const lines = (...parts: (string | false | undefined)[]) =>
  parts.filter((part) => part !== false && part !== undefined).join('\n');

export const SIGN_WORDS: Readonly<Record<Sign, string>> = {
  confined: 'disekap atau dikurung',
  beaten: 'dipukul atau diancam',
  starved: 'tidak diberi makan',
  hunted: 'dicari atau dikejar',
  'sexual-abuse': 'kekerasan seksual',
  ransom: 'diminta tebusan',
  child: 'menyangkut anak',
  'leaving-soon': 'akan segera berangkat',
  'passport-withheld': 'paspor atau dokumen ditahan',
  'wages-withheld': 'gaji tidak dibayar',
  'no-contact': 'hilang kontak',
  recruiting: 'ada perekrut',
  'money-paid': 'sudah membayar',
  'forged-papers': 'dokumen palsu',
  'passport-misuse': 'penyalahgunaan paspor',
  'crossing-secretly': 'menyeberang tanpa pemeriksaan',
  'scam-compound': 'dipaksa menipu daring',
  'bride-order': 'pengantin pesanan',
  'wrong-visa': 'visa tidak sesuai',
  foreigner: 'orang asing',
  death: 'ada yang meninggal',
};

const ATTACHMENT_WORDS: Readonly<Record<AttachmentType, string>> = {
  photo: 'foto',
  voice: 'pesan suara',
  video: 'video',
  document: 'dokumen',
  sticker: 'stiker',
  contact: 'kontak',
  place: 'lokasi',
};

/** `pesan suara, 2 foto` */
export function attachmentsText(types: readonly AttachmentType[]): string {
  const counted = new Map<AttachmentType, number>();
  for (const type of types) counted.set(type, (counted.get(type) ?? 0) + 1);
  return [...counted]
    .map(([type, n]) => (n > 1 ? `${n} ${ATTACHMENT_WORDS[type]}` : ATTACHMENT_WORDS[type]))
    .join(', ');
}

// ---------------------------------------------------------------- villagers

const EMERGENCY = lines(
  '❗ *Kalau ada bahaya sekarang, telepon:*',
  '*110* polisi (gratis)',
  '*129* perlindungan perempuan dan anak',
);

export function answer(topic: Topic): string {
  return `${topic.answer.trim()}\n\n_Balas pesan ini dengan kata *lanjut* untuk keterangan lengkap._`;
}

export const pointer = 'Jawabannya sudah ada di pesan ini 🙏 Silakan dibaca.';

const numbered = (titles: readonly string[]) => titles.map((title, i) => `*${i + 1}* ${title}`);
/** What may be typed in the place of the last digit, which leads to a person. */
export const LAST_CHOICE: readonly string[] = ['Bukan itu', 'Bicara dengan petugas'];
const UNANSWERED = 'Belum terjawab? Bicara dengan petugas';
const menuList = (menu: readonly Door[]) => numbered([...menu.map((door) => door.title), UNANSWERED]);

export function door(chosen: Door): string {
  return lines(
    `*${chosen.title}*. Balas dengan angka:`,
    ...numbered([...chosen.topics.map((topic) => topic.title), UNANSWERED]),
  );
}

/** Asked where the bot would have to guess. */
export function offer(topics: readonly Topic[], inGroup: boolean): string {
  return lines(
    'Maksudnya yang mana? Balas dengan angka:',
    ...numbered([
      ...topics.map((topic) => topic.title),
      inGroup ? 'Bukan itu (tulis ke pesan pribadi)' : 'Bukan itu (bicara dengan petugas)',
    ]),
  );
}

/** Said when all that is known of a topic was told. */
export const nothingMore = lines(
  'Hanya itu yang saya tahu tentang hal ini 🙏 Balas dengan angka:',
  ...numbered(['Bicara dengan petugas']),
);

/**
 * The answers to several questions of one message.
 * @param told each topic with as much of its answer as is told
 * @param offered topics whose answers stand behind a digit alone
 */
export function several(
  told: readonly { readonly topic: Topic; readonly text: string }[],
  offered: readonly Topic[],
): string {
  return lines(
    ...told.flatMap(({ topic, text }) => [`*${topic.title}*`, text, '']),
    'Jawaban lengkapnya: balas dengan angka.',
    ...numbered([...told.map(({ topic }) => topic.title), ...offered.map((topic) => topic.title), UNANSWERED]),
  );
}

export function menu(office: Office, doors: readonly Door[]): string {
  return lines(
    `Assalamualaikum 🙏 Saya bot ${office.name} untuk desa binaan.`,
    '',
    'Ketik pertanyaan Bapak/Ibu, atau balas dengan angka:',
    ...menuList(doors),
    '',
    'Ada masalah atau orang dalam bahaya? Ketik *lapor*.',
    'Apa yang dibaca dan disimpan? Ketik *privasi*.',
  );
}

export function menuInGroup(doors: readonly Door[]): string {
  return lines(
    'Silakan tanya di sini. Balas pesan ini dengan angka:',
    ...menuList(doors),
    '',
    'Untuk melapor, tulis ke nomor ini lewat *pesan pribadi*.',
  );
}

export function notUnderstood(doors: readonly Door[]): string {
  return lines(
    'Maaf, saya belum paham maksud Bapak/Ibu 🙏',
    '',
    'Kalau tadi *laporan* atau minta tolong, balas *lapor*. Pesan tadi langsung kami teruskan.',
    '',
    'Atau balas dengan angka:',
    ...menuList(doors),
  );
}

export const notUnderstoodAgain =
  'Maaf, saya belum paham 🙏 Balas *lapor* untuk meneruskan pesan tadi ke petugas, atau *menu* untuk melihat pilihan.';

export const thanks = 'Sama-sama 🙏 Ketik *menu* bila perlu lagi.';

/** Said in a group alike to who reports and to who asks how, so that nobody sees who reported. */
export const invitation = lines(
  '🙏 Untuk *melapor* atau minta tolong, tulis ke nomor ini lewat *pesan pribadi*, jangan di grup.',
  'Boleh ketik, kirim suara, atau foto. Boleh tanpa nama.',
  'Kalau ada bahaya sekarang, telepon *110* (polisi) atau *129* (perempuan dan anak).',
);

export const invitationPointer = 'Caranya ada di pesan ini 🙏 Tulis lewat *pesan pribadi*, ya.';

/** Said when an advert bears the marks of trafficking; blames nobody and says nothing of officers. */
export const warning = lines(
  '⚠️ *Hati-hati dengan tawaran kerja seperti ini.*',
  'Banyak orang tertipu oleh tawaran yang mirip: paspor ditahan, gaji tidak dibayar, tidak bisa pulang.',
  '',
  'Sebelum ikut:',
  '- Jangan serahkan KTP, paspor, atau uang.',
  '- Jangan berangkat dengan paspor wisata untuk bekerja.',
  '- Tanya dulu ke *0800-1000* (gratis), atau ke nomor ini lewat pesan pribadi.',
  '',
  'Yang membagikan belum tentu tahu. Mari saling menjaga 🙏',
);

export const askForReport = lines(
  'Silakan ceritakan apa yang terjadi. 🙏',
  'Boleh ketik, kirim suara, foto, atau lokasi. Boleh tanpa nama.',
  '',
  EMERGENCY,
);

const QUESTION_WORDS: Readonly<Record<QuestionKind, string>> = {
  village: 'Bapak/Ibu dari *desa* mana?',
  danger: 'Apakah ada orang yang *dalam bahaya sekarang*? Balas *ya* atau *tidak*.',
  when: '*Kapan dan di mana* kejadiannya? Kalau ada yang mau berangkat, kapan?',
  who: '*Siapa* yang mengajak atau menahan? Nama, nomor HP, atau ciri-ciri.',
};

export function question(kind: QuestionKind): string {
  return `${QUESTION_WORDS[kind]}\n_Boleh dilewati: balas *lewati*._`;
}

const TAKEN_TO: Readonly<Record<Case['restriction'], string>> = {
  none: 'Petugas imigrasi sedang diberi tahu.',
  head: 'Laporan ini hanya diteruskan ke kepala kantor, tidak ke grup petugas.',
  'second-contact':
    'Laporan ini hanya diteruskan ke satu orang yang ditunjuk, tidak ke grup petugas dan tidak ke kepala kantor.',
};

export function receipt(theCase: Case, attachments: readonly AttachmentType[], hasWords: boolean): string {
  return lines(
    `✅ Laporan diterima. Kode: *${theCase.code}*`,
    attachments.length > 0 && !hasWords && `Kami menerima ${attachmentsText(attachments)} (isi belum dibaca).`,
    `${TAKEN_TO[theCase.restriction]} Jawabannya datang di sini.`,
    'Nama dan nomor Bapak/Ibu tidak ditampilkan di grup mana pun.',
    theCase.severity === 'darurat' && `\n${EMERGENCY}`,
  );
}

export function handoverReceipt(theCase: Case, hours: Office['hours']): string {
  return lines(
    `🙏 Baik, permintaan Bapak/Ibu kami teruskan ke petugas. Kode: *${theCase.code}*`,
    'Petugas akan menjawab di sini.',
    `Jam kerja kantor: ${clockText(hours.from)}–${clockText(hours.to)} WIB. Di luar jam itu mungkin lebih lama.`,
    theCase.severity === 'darurat' && `\n${EMERGENCY}`,
  );
}

export const handoverInGroup =
  '🙏 Untuk bicara dengan petugas, tulis *petugas* ke nomor ini lewat *pesan pribadi*. Petugas akan menjawab di sana.';

export function joined(theCase: Case): string {
  return `Sudah kami tambahkan ke laporan *${theCase.code}*. 🙏`;
}

export const keepTelling = (theCase: Case) =>
  `Laporan *${theCase.code}* masih terbuka. Tulis saja di sini, langsung ditambahkan. Untuk hal lain, ketik *lapor baru*.`;

export function nowUrgent(theCase: Case): string {
  return lines(`Laporan *${theCase.code}* kami jadikan *darurat*. Petugas diberi tahu sekarang.`, '', EMERGENCY);
}

export function questionsDone(theCase: Case): string {
  return lines(
    `Terima kasih 🙏 Keterangan Bapak/Ibu sudah masuk laporan *${theCase.code}*.`,
    'Tulis di sini kapan saja untuk menambah. Ketik *batal* untuk menarik laporan.',
  );
}

export function stepClaimed(theCase: Case): string {
  return `👤 Laporan *${theCase.code}* sudah ditangani petugas. Bapak/Ibu bisa menulis di sini bila ada tambahan.`;
}

export function stepClosed(theCase: Case, text: string): string {
  return lines(
    `☑️ Laporan *${theCase.code}* ditutup oleh petugas.`,
    text !== '' && `\n${text}\n`,
    'Kalau belum selesai, balas pesan ini. Laporan akan dibuka lagi.',
  );
}

export function stepReopened(theCase: Case): string {
  return lines(
    `Laporan *${theCase.code}* kami buka lagi. Petugas diberi tahu. 🙏`,
    theCase.severity === 'darurat' && `\n${EMERGENCY}`,
  );
}

export function stepUnanswered(theCase: Case): string {
  return lines(
    `Kami jujur: laporan *${theCase.code}* belum ada yang menangani. 🙏`,
    theCase.restriction === 'none'
      ? 'Kepala kantor sudah kami hubungi. Kami terus mengingatkan mereka.'
      : 'Yang boleh membacanya sudah kami ingatkan lagi, dan kami ingatkan terus.',
    theCase.severity === 'darurat' ? `\n${EMERGENCY}` : 'Kalau keadaan berbahaya, telepon *110* atau *129*.',
  );
}

export function relayed(theCase: Case, text: string): string {
  return lines(`💬 *Petugas menjawab* (${theCase.code}):`, text, '', '_Balas di sini untuk menjawab petugas._');
}

/** The same for a case that closes and for one that stays open: the phone may be in other hands. */
export const withdrawn = 'Baik 🙏 Permintaan Bapak/Ibu kami catat. Kami tidak akan menulis lagi tentang hal itu.';

export const nothingToWithdraw = 'Tidak ada laporan Bapak/Ibu yang terbuka. Ketik *menu* untuk melihat pilihan.';

/** `listens`: questions are not answered in this group yet, so that nobody waits there for an answer. */
export function introduction(office: Office, village: Village, listens: boolean): string {
  return lines(
    `Assalamualaikum warga ${village.name} 🙏`,
    `Saya *bot* (mesin penjawab) ${office.name} untuk desa binaan.`,
    '',
    `*Yang bisa saya bantu:* pertanyaan tentang paspor, kerja ke luar negeri, dan perdagangan orang. ${listens ? 'Tanya lewat *pesan pribadi*. Di grup ini saya belum menjawab.' : 'Tanya saja di sini.'}`,
    '*Melapor:* tulis ke nomor ini lewat *pesan pribadi*, jangan di grup.',
    '*Yang dibaca:* pesan di grup ini dibaca mesin untuk mencari pertanyaan dan bahaya. Obrolan biasa tidak disimpan.',
    '*Yang disimpan:* laporan dan kabar bahaya, hanya untuk petugas yang berhak.',
    '*Uang:* saya dan petugas *tidak pernah* meminta uang.',
    '',
    'Darurat: *110* (polisi), *129* (perempuan dan anak).',
    'Keterangan lengkap: ketik *privasi* lewat pesan pribadi.',
  );
}

export const speaksNow = lines(
  '🙏 Mulai sekarang saya juga menjawab *di grup ini*.',
  'Silakan tanya tentang paspor, kerja ke luar negeri, dan perdagangan orang.',
  'Untuk *melapor*, tetap lewat *pesan pribadi*.',
);

export function privacy(office: Office): string {
  return lines(
    '*Privasi*',
    `Bot ini milik ${office.name}.`,
    '',
    '*Dibaca:* pesan di grup desa binaan dan pesan pribadi ke nomor ini, oleh mesin.',
    '*Tidak disimpan:* isi obrolan biasa.',
    '*Disimpan:* laporan, kabar bahaya, dan iklan kerja yang mencurigakan, juga dari grup; nomor dan nama WhatsApp pengirimnya; dan apa yang dikerjakan petugas.',
    '*Pesan grup yang mungkin laporan* ditunjukkan ke petugas desa. Kalau bukan laporan, atau sesudah 3 hari tidak dijawab, isinya dihapus.',
    '*Siapa yang melihat:* isi laporan dilihat petugas desa Bapak/Ibu, petugas yang menangani, dan bila perlu kepala kantor. Grup petugas hanya melihat garis besar: kode, desa, negara, jenis masalah, siapa yang kena (pelapor, keluarganya, atau orang lain), hari berangkat, dan mendesak atau tidak.',
    '*Nama dan nomor* hanya dibuka petugas dengan alasan tertulis, dan kepala kantor diberi tahu (kecuali bila ia yang disebut).',
    '*Kalau laporan menyebut petugas, aparat, atau perangkat desa*, hanya kepala kantor yang melihat. Kalau menyebut kepala kantor, hanya satu orang lain yang ditunjuk.',
    'Kerahasiaan kami jaga menurut undang-undang (UU 21/2007 Pasal 33 dan 44).',
    '*Menarik laporan:* ketik *batal*. Yang menyangkut bahaya atau anak tetap dijaga oleh kepala kantor.',
    '*Uang:* bot dan petugas tidak pernah meminta uang, PIN, atau kode OTP.',
  );
}

// ---------------------------------------------------------------- officers

const KIND_WORDS: Readonly<Record<Case['kind'], string>> = {
  report: 'laporan',
  advert: 'iklan kerja mencurigakan di grup',
  handover: 'minta bicara dengan petugas',
};

const SEVERITY_MARK: Readonly<Record<Case['severity'], string>> = { darurat: '🔴 *DARURAT*', biasa: '🟡 Biasa' };

const villageName = (theCase: Case, office: Office) =>
  office.villages.find((village) => village.id === theCase.village)?.name ?? 'belum diketahui';

/** What it is about, the gravest first. */
function matter(theCase: Case, shown: readonly Sign[] = theCase.signs): string {
  const signs = shown.map((sign) => SIGN_WORDS[sign]).join(', ');
  if (theCase.kind !== 'report')
    return signs === '' ? KIND_WORDS[theCase.kind] : `${KIND_WORDS[theCase.kind]} (${signs})`;
  return signs === '' ? 'laporan, jenis belum jelas' : signs;
}

const WHO_WORDS: Readonly<Record<Who, string>> = {
  self: 'pelapor sendiri',
  kin: 'keluarga pelapor',
  another: 'orang lain',
};

function reasonText(reason: Reason, { when }: Case): string {
  if (reason === 'danger-now') return 'kata pelapor, ada bahaya sekarang';
  return reason === 'leaving-soon' && when ? `berangkat ${dayText(when.day)}` : SIGN_WORDS[reason];
}

/** What can be said of a case without identifying anybody: code, village, why it is urgent, kind, who, the day of leaving. */
function outline(theCase: Case, office: Office): string {
  const { reasons, signs, when } = theCase;
  const others = signs.filter((sign) => !reasons.includes(sign));
  const isTold = theCase.kind === 'report' && reasons.length > 0 && others.length === 0;
  return lines(
    `${SEVERITY_MARK[theCase.severity]} · *${theCase.code}*`,
    `Desa: ${villageName(theCase, office)}`,
    reasons.length > 0 && `Mendesak: ${reasons.map((reason) => reasonText(reason, theCase)).join(', ')}`,
    !isTold && `Jenis: ${matter(theCase, others)}`,
    theCase.who && `Yang kena: ${WHO_WORDS[theCase.who]}`,
    when && !reasons.includes('leaving-soon') && `Berangkat: ${dayText(when.day)}`,
    theCase.countries.length > 0 && `Negara: ${theCase.countries.join(', ')}`,
  );
}

const HOW_TO_CLAIM = 'Beri 👍 atau balas *ambil* untuk menangani.';

export function alert(
  theCase: Case,
  office: Office,
  attachments: readonly AttachmentType[],
  hasWords: boolean,
): string {
  return lines(
    outline(theCase, office),
    attachments.length > 0 && `Lampiran: ${attachmentsText(attachments)}${hasWords ? '' : ' (isi belum dibaca)'}`,
    HOW_TO_CLAIM,
  );
}

export function alertAgain(theCase: Case, office: Office, now: Millis): string {
  return lines(
    `⏰ *Belum ada yang menangani* (${ageText(now - theCase.openedAt)})`,
    outline(theCase, office),
    HOW_TO_CLAIM,
  );
}

export function alertUpgraded(theCase: Case, office: Office): string {
  return lines('⬆️ *Naik menjadi darurat*', outline(theCase, office), theCase.claimer === undefined && HOW_TO_CLAIM);
}

export function alertReopened(theCase: Case, office: Office): string {
  return lines('🔁 *Dibuka lagi oleh pelapor*', outline(theCase, office), HOW_TO_CLAIM);
}

/** `quoted` is already made safe to show. */
export function caseWords(theCase: Case, office: Office, quoted: string): string {
  return lines(
    outline(theCase, office),
    theCase.when?.said && `Waktunya menurut pelapor: ${theCase.when.said}`,
    '',
    'Isi laporan (rahasia):',
    quoted,
    '',
    theCase.claimer === undefined
      ? 'Beri 👍 atau balas *ambil* untuk menangani.'
      : 'Balas pesan ini: *balas …* ke pelapor, *selesai …* menutup, tulisan lain menjadi catatan.',
  );
}

/** How a line that asks about a doubt is answered. */
const HOW_TO_CHECK = 'Beri 👍 kalau benar, 👎 kalau bukan. Atau balas pesan ini: *ya* atau *bukan*.';

const DOUBT_WORDS: Readonly<Record<Case['kind'], string>> = {
  report: 'laporan',
  advert: 'iklan kerja mencurigakan',
  handover: 'permintaan',
};

/** Asks an officer about something said in a village's group. `quoted` is already made safe to show. */
export function check(theCase: Case, office: Office, quoted: string): string {
  return lines(
    `❓ Mungkin ini *${DOUBT_WORDS[theCase.kind]}* (rahasia)`,
    `Dari grup desa: ${villageName(theCase, office)}`,
    quoted,
    HOW_TO_CHECK,
  );
}

export const howToCheck = lines('Pesan itu belum menjadi laporan.', HOW_TO_CHECK);
export const checkedNo = 'Baik. Isi pesannya sudah dihapus. 🙏';

/** The line was answered before, or nobody needs an answer any more. */
export function alreadyChecked(theCase: Case): string {
  if (theCase.verdict === 'no') return 'Sudah dijawab: *bukan*. Isi pesannya sudah dihapus.';
  if (theCase.verdict === 'none') return 'Tidak perlu dijawab lagi. Isi pesannya sudah dihapus.';
  return theCase.verdict === 'yes'
    ? `Sudah dijawab: *ya*. Kodenya *${theCase.code}*.`
    : `Tidak perlu dijawab lagi. Sudah dicatat dengan kode *${theCase.code}*.`;
}

export function addition(theCase: Case, quoted: string): string {
  return lines(`➕ Tambahan dari pelapor *${theCase.code}* (rahasia):`, quoted);
}

/** Stands below the words that hold them, confidential as these are. */
export const contacts = (found: readonly string[]) => `☎️ Nomor yang disebut: ${found.join(', ')}`;

/** Stands below what was written while the bot was away. */
export const writtenAt = (at: Millis) => `🕓 Ditulis ${dateText(at)}, sampai baru sekarang.`;

/** A report whose message its writer changed; the earlier words stand in the case. */
export function changed(theCase: Case, quoted: string): string {
  return lines(`✏️ Diubah pelapor *${theCase.code}* (rahasia):`, quoted);
}

export const changedMark = '✏️ diubah pelapor:';
export const deletedMark = '🗑️ dihapus pelapor:';
export const deletedEntry = '> (🗑️ dihapus pelapor)';

/** What came with a report; goes below its content. */
export function file(theCase: Case, type: AttachmentType): string {
  const from = theCase.kind === 'advert' ? 'dari iklan' : 'dari pelapor';
  return `📎 *${theCase.code}*: ${attachmentsText([type])} ${from} (rahasia)`;
}

/**
 * Said to who handles a case when a message of it was deleted for everyone.
 * @param empty nothing of its words is left
 * @param kept its words stay as they are
 */
export function messageDeleted(theCase: Case, empty: boolean, kept: boolean): string {
  if (theCase.kind === 'advert')
    return lines(
      `🗑️ *${theCase.code}*: iklan ini sudah dihapus dari WhatsApp.`,
      'Isinya tetap kami simpan sebagai bukti.',
    );
  if (kept)
    return lines(
      `🗑️ *${theCase.code}*: pesannya dihapus dari grup.`,
      'Yang menghapus: pelapor, atau admin grup.',
      'Isinya tetap kami simpan. Laporan *tetap terbuka*.',
    );
  return lines(
    `🗑️ *${theCase.code}*: pelapor menghapus pesannya.`,
    'Laporan *tetap terbuka*.',
    empty ? 'Isinya sudah kami hapus juga.' : `Yang masih ada: ketik *isi ${theCase.code}*.`,
  );
}

export function deletedForHead(theCase: Case, quoted: string): string {
  return lines(
    `🗑️ *${theCase.code}*: pelapor menghapus pesan ini. Hanya Anda yang masih boleh membacanya (rahasia):`,
    quoted,
  );
}

export const earlierEntries = (count: number) => `> (… ${count} pesan sebelumnya)`;

export const noWords = (types: readonly AttachmentType[]) =>
  types.length === 0 ? '> (tanpa kata-kata)' : `> (${attachmentsText(types)}, isi belum dibaca)`;

export function claimed(theCase: Case, by: Person): string {
  return `👤 *${theCase.code}* ditangani ${by.name ?? 'petugas'}.`;
}

export function alreadyClaimed(theCase: Case, by: Person | undefined): string {
  return `*${theCase.code}* sudah ditangani ${by?.name ?? 'petugas lain'}. Balas *ambil alih* kalau Anda menggantikannya.`;
}

export const alreadyYours = (theCase: Case) => `*${theCase.code}* sudah Anda tangani.`;
export const alreadyClosed = (theCase: Case) => `*${theCase.code}* sudah ditutup.`;

export function closed(theCase: Case, by: Person): string {
  return `☑️ *${theCase.code}* ditutup oleh ${by.name ?? 'petugas'}.`;
}

export const noteKept = '📝 Dicatat, *belum* dikirim ke pelapor. Beri 👍 pada pesan ini untuk kirim.';
export const noteKeptOnly = '📝 Dicatat.';
export const replyNeedsText = 'Tulis isinya setelah kata *balas*. Contoh: _balas Ibu, kami sedang menuju ke sana._';
export const replyNotSent = (theCase: Case) =>
  `⚠️ Tidak dikirim. Laporan *${theCase.code}* ditarik pelapor; HP-nya mungkin di tangan orang lain. Hubungi dengan cara lain yang aman.`;
export const onlyText = 'Maaf, foto dan suara belum bisa diteruskan ke pelapor. Tulis jawabannya: *balas …*';
export const noReporter = (theCase: Case) => `*${theCase.code}* tidak punya pelapor yang bisa dibalas.`;

export function reporterWithdrew(theCase: Case): string {
  return lines(
    `↩️ *${theCase.code}* ditarik oleh pelapor.`,
    theCase.status === 'closed'
      ? 'Laporan ditutup.'
      : 'Laporan *tetap terbuka* (ditarik): ada bahaya atau anak. HP pelapor mungkin di tangan orang lain. Jangan menghubungi nomor itu tanpa rencana.',
  );
}

export function withdrawnForHead(theCase: Case, office: Office, quoted: string): string {
  return lines(reporterWithdrew(theCase), '', outline(theCase, office), '', 'Isi laporan (rahasia):', quoted);
}

const NUMBER = /^\d{8,15}$/;

/** `address` is a number where WhatsApp shows it. */
export function identity(theCase: Case, name: string, address: string): string {
  const isNumber = NUMBER.test(address);
  return lines(
    `*${theCase.code}* (rahasia, jangan diteruskan)`,
    `Nama di WhatsApp: ${name || 'tidak ada'}`,
    `Nomor: ${isNumber ? address : 'tidak terlihat (disembunyikan WhatsApp)'}`,
    isNumber ? `https://wa.me/${address}` : 'Untuk menjawab, tetap pakai *balas …*.',
    'Pembukaan ini dicatat dan kepala kantor diberi tahu.',
  );
}

export function identityOpened(theCase: Case, by: Person, reason: string): string {
  return lines(`🔎 ${by.name ?? 'Petugas'} membuka identitas pelapor *${theCase.code}*.`, 'Alasan:', reason);
}

export const identityNeedsReason = 'Tulis alasannya. Contoh: _identitas KRC-7K2Q perlu menelepon keluarga korban_';
export const onlyInPrivate = 'Demi kerahasiaan, tulis perintah ini ke saya lewat *pesan pribadi*.';
export const onlyHead = (theCase: Case) =>
  `*${theCase.code}* ditarik pelapor; hanya kepala kantor yang boleh membaca dan menanganinya.`;
export const claimFirst = (theCase: Case) => `Ambil dulu laporan *${theCase.code}*: balas *ambil ${theCase.code}*.`;
export const writeMulai =
  'Tulis *mulai* ke nomor ini lewat *pesan pribadi* dulu, supaya isi laporan bisa dikirim ke Anda.';
export const nameTheCase =
  'Laporan yang mana? Balas (geser) pesan laporannya, atau sebut kodenya. Ketik *daftar* untuk melihat yang terbuka.';
export const noSuchCase =
  'Kode itu tidak ada, sudah ditutup, atau tidak terbuka untuk Anda. Ketik *daftar* untuk melihat yang terbuka.';

export function openList(cases: readonly Case[], office: Office, people: readonly Person[], now: Millis): string {
  if (cases.length === 0) return 'Tidak ada laporan terbuka. 👍';
  const shown = cases.slice(0, 30);
  return lines(
    `*Laporan terbuka: ${cases.length}*`,
    ...shown.map((theCase) => {
      const claimer = people.find((person) => person.id === theCase.claimer);
      const state =
        theCase.withdrawnAt !== undefined
          ? 'ditarik'
          : theCase.claimer
            ? `ditangani ${claimer?.name ?? 'petugas'}`
            : 'belum ditangani';
      return `${theCase.severity === 'darurat' ? '🔴' : '🟡'} *${theCase.code}* ${villageName(theCase, office)} · ${matter(theCase)} · ${ageText(now - theCase.openedAt)} · ${state}`;
    }),
    cases.length > shown.length && `… dan ${cases.length - shown.length} lagi.`,
    '_Balas dengan *ambil KODE* untuk menangani._',
  );
}

/** One line each morning. `open`: the cases of which the officers' group may know. */
export function signOfLife(open: readonly Case[], now: Millis): string {
  if (open.length === 0) return '✅ Bot hidup. Tidak ada laporan terbuka.';
  const waiting = open.filter((theCase) => theCase.status === 'open');
  const longest = Math.max(0, ...waiting.map((theCase) => now - theCase.openedAt));
  return [
    `✅ Bot hidup. ${open.length} laporan terbuka.`,
    waiting.length === 0 ? 'Semua sudah ditangani.' : `${waiting.length} belum ditangani.`,
    ...(longest > DAY ? [`Yang terlama menunggu ${ageText(longest)}.`] : []),
  ].join(' ');
}

const DIGEST_STATE: Readonly<Record<Case['status'], string>> = {
  doubtful: '',
  open: '',
  claimed: ' · sudah ditangani',
  closed: ' · sudah ditutup',
};

/** Told at once in the officers' group instead of an alert each, where there would be too many. */
export function moreReports(cases: readonly Case[], office: Office): string {
  return lines(
    `📋 *${cases.length} laporan lagi*`,
    ...cases.map(
      (theCase) =>
        `${SEVERITY_MARK[theCase.severity]} · *${theCase.code}* · ${villageName(theCase, office)} · ${matter(theCase)}${DIGEST_STATE[theCase.status]}`,
    ),
    '',
    'Ketik *daftar* untuk melihat semua yang terbuka.',
    'Ketik *ambil KODE* untuk menangani. 👍 pada pesan ini tidak cukup.',
  );
}

export const officerHelp = lines(
  '*Cara menangani laporan*',
  'Balas (geser) pesan laporan, atau sebut kodenya:',
  '👍 atau *ambil*: Anda yang menangani; isi laporan dikirim ke Anda',
  '*balas …*: kirim jawaban ke pelapor (✅ = sudah sampai di HP-nya)',
  'tulisan biasa: menjadi catatan, tidak dikirim',
  '*selesai …*: tutup laporan; tulisan Anda dikirim ke pelapor',
  '*isi KODE*: baca semua isi laporan',
  '*identitas KODE alasan*: nama dan nomor pelapor (dicatat, kepala kantor diberi tahu)',
  '*daftar*: semua yang terbuka',
  '❓ *Mungkin ini …*: beri 👍 kalau benar, 👎 kalau bukan',
);

export const adminHelp = lines(
  '*Untuk admin*',
  '*siaran*: lihat, buat, jeda, hapus siaran',
  '*grup*: lihat grup dan desanya; *grup 1 bicara* atau *grup 1 dengar*',
  'kirim tautan undangan grup: saya masuk setelah Anda setuju',
  '*petugas*: siapa yang sudah aktif',
);

export function welcome(person: Person): string {
  return lines(
    `Terima kasih, ${person.name ?? 'Bapak/Ibu'} 🙏 Anda sekarang *aktif*.`,
    '',
    person.role === 'admin' ? adminHelp : officerHelp,
  );
}

// ---------------------------------------------------------------- admins

const ROLE_WORDS: Readonly<Record<Person['role'], string>> = {
  villager: 'warga',
  official: 'perangkat desa',
  officer: 'petugas',
  head: 'kepala kantor',
  admin: 'admin',
};

export function staffList(staff: readonly Person[], office: Office): string {
  const own = staff.filter((person) => person.role !== 'official' && person.role !== 'villager');
  const missing = own.filter((person) => !person.active);
  return lines(
    '*Petugas*',
    ...own.map((person) => {
      const village = office.villages.find((v) => v.id === person.village)?.name;
      return `${person.active ? '✅' : '⏳'} ${person.name ?? '?'} (${ROLE_WORDS[person.role]}${village ? ` ${village}` : ''})`;
    }),
    missing.length > 0
      ? `\n⏳ Belum aktif: ${missing.length}. Minta mereka menulis *mulai* ke nomor ini. Sebelum itu hanya grup petugas yang diberi tahu.`
      : '\nSemua sudah aktif.',
  );
}

export function missingOfficer(village: Village): string {
  return `⏳ Petugas desa ${village.name} belum aktif, jadi ia tidak menerima isi laporan. Ketik *petugas* untuk melihat siapa yang belum menulis *mulai*.`;
}

/** Strangers name groups. */
const groupName = (group: Chat) => cleanLine(group.name ?? '', 60) || 'tanpa nama';

export function newGroup(chat: Chat, office: Office): string {
  return lines(
    `Saya ada di grup baru: *${groupName(chat)}*. Saya diam di sana sampai Anda menentukan desanya.`,
    'Balas pesan ini dengan:',
    ...office.villages.map((village) => `*desa ${village.name}*`),
    'atau *desa petugas* kalau itu grup petugas.',
  );
}

const villageOf = (group: Chat, office: Office) => office.villages.find((village) => village.id === group.village);

/** What is counted together, in the order in which it is told. */
const UNSAID_WORDS: readonly (readonly [word: string, purposes: readonly Purpose[]])[] = [
  ['jawaban', ['answer', 'more', 'pointer']],
  ['ajakan melapor lewat pesan pribadi', ['invitation']],
  ['peringatan tawaran kerja', ['warning']],
  ['siaran', ['broadcast']],
  ['menu', ['menu']],
];
/** So many topics are named; the rest is only counted. */
const TOPICS_NAMED = 3;

const times = (counted: readonly Unsaid[]) => counted.reduce((sum, one) => sum + one.times, 0);

/** `Biaya paspor 5, Paspor hilang 3, lainnya 2` */
function topicsText(counted: readonly Unsaid[], topics: readonly Topic[]): string {
  const byTopic = new Map<string, number>();
  for (const { topic, times: n } of counted) if (topic) byTopic.set(topic, (byTopic.get(topic) ?? 0) + n);
  const sorted = [...byTopic].sort((one, other) => other[1] - one[1]);
  const rest = sorted.slice(TOPICS_NAMED).reduce((sum, [, n]) => sum + n, 0);
  return [
    ...sorted.slice(0, TOPICS_NAMED).map(([id, n]) => `${topics.find((topic) => topic.id === id)?.title ?? id} ${n}`),
    ...(rest > 0 ? [`lainnya ${rest}`] : []),
  ].join(', ');
}

/** `12 jawaban (Biaya paspor 5, …), 1 peringatan tawaran kerja` */
export function unsaidText(group: Chat, unsaid: readonly Unsaid[], topics: readonly Topic[]): string {
  const here = unsaid.filter((one) => one.chat === group.id);
  const named = UNSAID_WORDS.flatMap(([, purposes]) => purposes);
  const parts = [...UNSAID_WORDS, ['pesan lain', undefined] as const].flatMap(([word, purposes]) => {
    const counted = here.filter(({ purpose }) => (purposes ? purposes.includes(purpose) : !named.includes(purpose)));
    const about = topicsText(counted, topics);
    return counted.length === 0 ? [] : [`${times(counted)} ${word}${about === '' ? '' : ` (${about})`}`];
  });
  return parts.length === 0 ? 'belum ada' : parts.join(', ');
}

function groupState(group: Chat): string {
  if (group.gone) return ' · 🚪 saya tidak ada lagi di grup ini';
  const closed = group.closed ? ' · 🔒 hanya admin grup yang bisa menulis' : '';
  if (!group.village) return closed;
  return ` · ${group.listens ? '👂 mendengarkan' : '🗣️ bicara'}${closed}`;
}

const UNSAID_HEAD = 'Yang akan saya katakan:';

export function groupList(
  groups: readonly Chat[],
  office: Office,
  unsaid: readonly Unsaid[],
  topics: readonly Topic[],
): string {
  if (groups.length === 0) return 'Saya belum ada di grup mana pun.';
  const isCounted = (group: Chat) => group.listens && group.village && !group.gone;
  return lines(
    '*Grup*',
    ...groups.flatMap((group, i) => [
      `${i + 1}. ${groupName(group)}: ${group.officers ? 'grup petugas' : (villageOf(group, office)?.name ?? 'belum ditentukan')}${groupState(group)}`,
      isCounted(group) && `    ${UNSAID_HEAD} ${unsaidText(group, unsaid, topics)}`,
    ]),
    '_Contoh: *desa 1 Hiang Sakti*, *desa 1 petugas*, *grup 1 bicara*, *grup 1 dengar*_',
  );
}

export function groupTied(group: Chat, village: Village | undefined): string {
  return lines(
    `✅ Grup *${groupName(group)}* sekarang ${village ? `desa *${village.name}*` : '*grup petugas*'}.`,
    group.listens && '👂 Di grup itu saya *mendengarkan dulu*: hanya memperkenalkan diri, belum menjawab.',
    group.listens && 'Yang menulis lewat pesan pribadi sudah saya layani.',
    group.listens && 'Supaya saya menjawab di grup, balas pesan ini dengan *bicara*.',
    group.closed && ASK_FOR_ADMIN,
  );
}
export const groupInUse = (group: Chat) =>
  `Grup *${groupName(group)}* sudah dipakai untuk hal lain. Demi kerahasiaan, grup warga tidak bisa menjadi grup petugas, dan sebaliknya. Buat grup baru.`;
export const groupUnclear = (office: Office) =>
  `Grup atau desanya belum jelas. Ketik *grup* untuk melihat nomornya, lalu misalnya *desa 1 ${office.villages[0]?.name ?? 'Nama Desa'}*.`;

const ASK_FOR_ADMIN =
  '🔒 Di grup itu hanya admin grup yang bisa menulis. Minta admin grup menjadikan nomor ini *admin grup*.';

export function backInGroup(group: Chat, village: Village | undefined, office: Office): string {
  if (!group.officers && !village)
    return `Saya ada lagi di grup *${groupName(group)}*. Desanya belum ditentukan. Balas pesan ini, misalnya *desa ${office.villages[0]?.name ?? 'Nama Desa'}*.`;
  const what = village ? `desa ${village.name}` : 'grup petugas';
  return lines(
    `Saya ada lagi di grup *${groupName(group)}* (${what}).`,
    village !== undefined && (group.listens ? 'Di sana saya mendengarkan.' : 'Di sana saya bicara seperti dulu.'),
  );
}

export function leftGroup(group: Chat, village: Village | undefined): string {
  if (group.officers)
    return lines(
      `⚠️ Saya tidak ada lagi di *grup petugas* (${groupName(group)}).`,
      'Laporan baru sekarang hanya sampai ke kepala kantor dan petugas yang sudah aktif.',
      'Masukkan nomor ini lagi ke grup petugas.',
    );
  return lines(
    `🚪 Saya tidak ada lagi di grup *${groupName(group)}*${village ? ` (desa ${village.name})` : ''}.`,
    'Saya tidak menulis lagi ke sana.',
    'Laporan lewat *pesan pribadi* tetap saya terima.',
    'Kalau ini keliru, minta admin grup memasukkan nomor ini lagi.',
  );
}

export function groupClosed(group: Chat): string {
  return lines(
    `🔒 Di grup *${groupName(group)}* sekarang hanya admin grup yang bisa menulis. Saya tidak bisa menjawab di sana.`,
    group.officers
      ? '⚠️ Ini *grup petugas*: laporan baru sekarang hanya sampai ke kepala kantor dan petugas yang sudah aktif.'
      : 'Laporan lewat *pesan pribadi* tetap saya terima.',
    'Minta admin grup menjadikan nomor ini *admin grup*.',
  );
}

export function groupOpened(group: Chat): string {
  return lines(
    `🔓 Saya bisa menulis lagi di grup *${groupName(group)}*.`,
    group.listens && 'Di sana saya masih mendengarkan.',
  );
}

export const groupGone = (group: Chat) =>
  `Saya tidak ada lagi di grup *${groupName(group)}*. Minta admin grup memasukkan nomor ini lagi.`;
export const groupUntied = (group: Chat, office: Office) =>
  `Desa grup *${groupName(group)}* belum ditentukan. Balas pesan ini, misalnya *desa ${office.villages[0]?.name ?? 'Nama Desa'}*.`;
export const officersGroupSpeaks = 'Di grup petugas saya selalu bicara.';
export const speechUnclear =
  'Grup yang mana? Ketik *grup* untuk melihat nomornya, lalu misalnya *grup 1 bicara* atau *grup 1 dengar*.';

export function groupSpeech(group: Chat): string {
  return group.listens
    ? lines(
        `👂 Di grup *${groupName(group)}* saya sekarang *mendengarkan* saja.`,
        'Laporan tetap saya teruskan. Balas *bicara* kalau saya boleh menjawab lagi.',
      )
    : lines(
        `🗣️ Di grup *${groupName(group)}* saya sekarang *bicara*.`,
        group.closed
          ? ASK_FOR_ADMIN
          : 'Saya menjawab pertanyaan, memberi peringatan, dan mengirim siaran. Balas *dengar* kalau saya harus diam lagi.',
      );
}

/** Numbers are those of `grup`, which shows every group. */
export function stillListening(
  groups: readonly Chat[],
  listening: readonly Chat[],
  unsaid: readonly Unsaid[],
  topics: readonly Topic[],
): string {
  const [only] = listening.length === 1 ? listening : [];
  return lines(
    '👂 *Grup yang masih saya dengarkan saja:*',
    ...listening.flatMap((group) => [
      `${groups.indexOf(group) + 1}. ${groupName(group)}`,
      `    ${UNSAID_HEAD} ${unsaidText(group, unsaid, topics)}`,
    ]),
    only
      ? `Supaya saya menjawab di sana, balas pesan ini dengan *bicara*.`
      : `Supaya saya menjawab di sana, ketik *grup NOMOR bicara*, misalnya *grup ${groups.indexOf(listening[0] as Chat) + 1} bicara*.`,
  );
}

// An invitation's name comes from strangers.
const invitedName = (name: string | undefined) => {
  const shown = cleanLine(name ?? '', 60);
  return shown === '' ? 'itu' : `*${shown}*`;
};

export const lookingAtInvite = 'Saya lihat dulu undangannya.';
export function inviteFound(name: string | undefined, size: number | undefined): string {
  return lines(
    `Grup ${invitedName(name)}${size === undefined ? '' : `, ${size} anggota`}.`,
    'Balas *ya* untuk bergabung, *tidak* untuk batal.',
  );
}
export const joiningGroup = 'Baik, saya minta masuk.';
export const notJoining = 'Baik, saya tidak bergabung.';
export const inviteJoined = (name: string | undefined) => `✅ Saya sudah masuk grup ${invitedName(name)}.`;
export const inviteWaiting = (name: string | undefined) =>
  lines(
    `⏳ Menunggu persetujuan admin grup ${invitedName(name)}.`,
    'Minta admin grup menyetujui nomor ini. Saya beri tahu kalau sudah masuk.',
  );
export const inviteRefused = lines(
  'Undangan itu tidak bisa dipakai.',
  'Mungkin salah, sudah tidak berlaku, atau grupnya penuh.',
  'Minta undangan baru, atau minta admin grup memasukkan nomor ini.',
);

/** What still works, and what does not, where WhatsApp has changed. */
const BROKEN_WORDS: Readonly<Record<Capability, string>> = {
  'own-ids': 'Pesan tetap terkirim. Sesudah gangguan, satu pesan bisa terkirim dua kali.',
  quotes: 'Jawaban tetap terkirim, tetapi tidak menempel pada pertanyaannya. Petugas: sebut kode laporannya.',
  acks: 'Pesan tetap terkirim. Tanda bahwa pesan sudah sampai (✅) bisa terlambat atau tidak muncul.',
  'media-in': 'Laporan tetap masuk. Foto dan suara dari warga tidak bisa diambil: lihat di HP bot.',
  'media-out': 'Tulisan tetap terkirim. Foto dan berkas tidak bisa dikirim.',
  reactions: 'Perintah tertulis tetap jalan. 👍 tidak terbaca: balas *ambil* sebagai gantinya.',
  typing: 'Semua pesan tetap jalan. Hanya tanda “sedang mengetik” yang tidak muncul.',
  groups: 'Pesan dan laporan tetap jalan. Bot tidak tahu kalau ia dimasukkan ke grup atau dikeluarkan.',
};

export function channelWorksInPart(broken: readonly Capability[]): string {
  return lines(
    '⚠️ *WhatsApp Web berubah.* Bot tetap berjalan, tetapi tidak semuanya:',
    ...broken.map((capability) => `- ${BROKEN_WORDS[capability]}`),
    'Beri tahu yang merawat bot: mungkin perlu versi baru.',
  );
}

interface Mail {
  readonly subject: string;
  readonly text: string;
}

const MAIL_SUBJECTS: Readonly<Record<Exclude<ChannelEvent['what'], 'changed'>, string>> = {
  'logged-out': 'Bot desa binaan: WhatsApp harus disambungkan lagi',
  blocked: 'Bot desa binaan: nomor bot diblokir WhatsApp',
  down: 'Bot desa binaan: tidak tersambung ke WhatsApp',
  up: 'Bot desa binaan: sudah tersambung lagi',
};

const NOBODY_IS_HEARD = lines(
  'Artinya bagi desa: pesan dan laporan warga tidak dibaca dan tidak dijawab sampai ini selesai.',
  'Dalam keadaan darurat warga bisa menelepon 110 (polisi) atau 129 (perempuan dan anak).',
);

const LOOK_AT_PHONE =
  'Lihat juga pesan di HP bot. Kalau ada laporan yang belum dijawab bot, teruskan sendiri ke petugas.';

const MAIL_TEXTS: Readonly<Record<keyof typeof MAIL_SUBJECTS, readonly string[]>> = {
  'logged-out': [
    'HP bot memutus sambungan ke komputer bot (keluar dari perangkat tertaut).',
    NOBODY_IS_HEARD,
    '',
    'Yang harus dilakukan:',
    '1. Buka halaman bot di komputer bot. Di sana ada kode QR.',
    '2. Di HP bot buka WhatsApp, lalu Perangkat tertaut, lalu Tautkan perangkat.',
    '3. Pindai kode QR itu.',
    `4. ${LOOK_AT_PHONE}`,
  ],
  blocked: [
    'WhatsApp menilai nomor bot melanggar aturan dan menutupnya. Bot berhenti mencoba.',
    NOBODY_IS_HEARD,
    '',
    'Yang harus dilakukan:',
    '1. Jangan menyalakan bot berulang-ulang. Itu memperburuk keadaan.',
    '2. Di HP bot buka WhatsApp, baca pemberitahuannya, dan ajukan peninjauan.',
    '3. Beri tahu kepala kantor dan petugas. Mereka menghubungi desa dengan cara lain.',
    '4. Kalau peninjauan ditolak, siapkan nomor cadangan. Data laporan tetap ada di komputer bot.',
  ],
  down: [
    'Bot sudah lama tidak tersambung ke WhatsApp. Ia terus mencoba sendiri.',
    NOBODY_IS_HEARD,
    '',
    'Yang harus dilakukan:',
    '1. Periksa internet di komputer bot.',
    '2. Periksa HP bot: menyala dan punya internet.',
    '3. Jalankan scripts/doctor di komputer bot. Ikuti petunjuknya.',
    '4. Kalau belum juga, nyalakan ulang komputer bot.',
    'Kalau sudah tersambung, bot mengirim surel lagi.',
  ],
  up: ['Bot tersambung lagi ke WhatsApp. Pesan yang masuk selama terputus sedang dibaca.', LOOK_AT_PHONE],
};

/** A mail says what happened, what it means and what to do; of no case anything. */
export function channelMail(what: keyof typeof MAIL_SUBJECTS, office: Office, at: Millis): Mail {
  return {
    subject: MAIL_SUBJECTS[what],
    text: lines(office.name, `Waktu: ${dateText(at)}`, '', ...MAIL_TEXTS[what]),
  };
}

const villagesText = (villages: readonly string[], office: Office) =>
  villages.length === 0
    ? 'semua desa'
    : villages.map((id) => office.villages.find((village) => village.id === id)?.name ?? id).join(', ');

const STATUS_WORDS: Readonly<Record<Broadcast['status'], string>> = {
  active: 'aktif',
  paused: 'dijeda',
  done: 'selesai',
};

export function broadcastList(broadcasts: readonly Broadcast[], office: Office): string {
  const shown = broadcasts.filter((broadcast) => broadcast.status !== 'done').slice(0, 30);
  return lines(
    '*Siaran*',
    shown.length === 0 && 'Belum ada siaran.',
    ...shown.map(
      (broadcast) =>
        `*${broadcast.number}.* ${firstLine(broadcast.text)}\n    ${scheduleText(broadcast.schedule)} · ${villagesText(broadcast.villages, office)} · ${STATUS_WORDS[broadcast.status]}`,
    ),
    '',
    '*siaran baru*: buat siaran',
    shown.length > 0 && '*siaran 1*: lihat · *siaran 1 jeda* · *siaran 1 lanjut* · *siaran 1 hapus*',
  );
}

const firstLine = (text: string) => {
  const line = text.split('\n')[0] ?? '';
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
};

export function broadcastShown(broadcast: Broadcast, office: Office, dates: readonly Millis[]): string {
  return lines(
    `*Siaran ${broadcast.number}* (${STATUS_WORDS[broadcast.status]})`,
    `Untuk: ${villagesText(broadcast.villages, office)}`,
    `Waktu: ${scheduleText(broadcast.schedule)}`,
    `Kalau bot sedang mati: ${broadcast.late === 'send' ? 'dikirim terlambat, sekali' : 'dilewati'}`,
    ...dates.map((at) => `- ${dateText(at)}`),
    '',
    broadcast.text,
  );
}

export const askBroadcastText =
  'Tulis *isi siaran* yang akan dikirim ke grup, atau balas *contoh* untuk memilih yang sudah jadi.\n_Ketik *batal* untuk berhenti._';

export function readyBroadcasts(ready: readonly ReadyBroadcast[]): string {
  return lines('Siaran yang sudah jadi. Balas dengan angkanya:', ...numbered(ready.map((one) => one.title)));
}

export function recheck(due: readonly Checked[]): string {
  return lines(
    '📅 *Sudah waktunya diperiksa ulang* (isinya mungkin berubah):',
    ...due.map((one) => `- ${one.title}`),
    'Minta petugas mencocokkan angka, aturan, dan nomornya dengan sumbernya.',
  );
}

export function askBroadcastVillages(office: Office): string {
  return lines(
    'Untuk desa mana? Balas *semua*, atau angka (boleh lebih dari satu, misalnya *1 2*):',
    ...office.villages.map((village, i) => `*${i + 1}* ${village.name}`),
  );
}

export const askBroadcastSchedule = lines(
  'Kapan dikirim? Contoh:',
  '*25 nov 19.30* (sekali)',
  '*setiap senin 08.00*',
  '*tiap tanggal 1 jam 9*',
);

const SCHEDULE_FAULT_WORDS: Readonly<Record<ScheduleFault, string>> = {
  'no-time': 'Jamnya belum ada.',
  'no-day': 'Harinya belum ada.',
  past: 'Waktu itu sudah lewat.',
  'no-such-day': 'Tanggal itu tidak ada.',
};

export const scheduleUnclear = (fault: ScheduleFault) => `${SCHEDULE_FAULT_WORDS[fault]} ${askBroadcastSchedule}`;
export const villagesUnclear = (office: Office) => `Desanya belum jelas. ${askBroadcastVillages(office)}`;
export const broadcastTooLong = (length: number, limit: number) =>
  `Isi siaran ${length} huruf, paling banyak ${limit}. Kirim isi yang lebih pendek.`;

export function confirmBroadcast(draft: Required<BroadcastDraft>, office: Office, dates: readonly Millis[]): string {
  return lines(
    '*Periksa dulu:*',
    `Untuk: ${villagesText(draft.villages, office)}`,
    `Waktu: ${scheduleText(draft.schedule)}`,
    dates.length > 1 ? 'Tiga tanggal berikutnya:' : 'Tanggal kirim:',
    ...dates.map((at) => `- ${dateText(at)}`),
    draft.late === 'send'
      ? 'Kalau bot mati saat itu: dikirim terlambat, sekali. (Balas *lewati* supaya dilewati saja.)'
      : 'Kalau bot mati saat itu: dilewati. (Balas *terlambat* supaya tetap dikirim sekali.)',
    '',
    draft.text,
    '',
    'Balas *ya* untuk menyimpan, *batal* untuk berhenti.',
  );
}

export const broadcastSaved = (broadcast: Broadcast) =>
  `✅ Siaran ${broadcast.number} disimpan. Ketik *siaran* untuk melihat semua.`;
export const broadcastPaused = (broadcast: Broadcast) =>
  `⏸️ Siaran ${broadcast.number} dijeda. *siaran ${broadcast.number} lanjut* untuk meneruskan.`;
export const broadcastResumed = (broadcast: Broadcast, at: Millis) =>
  `▶️ Siaran ${broadcast.number} aktif lagi. Berikutnya: ${dateText(at)}.`;
export const broadcastOver = (broadcast: Broadcast) =>
  `Waktu siaran ${broadcast.number} sudah lewat. Buat yang baru: *siaran baru*.`;
export const confirmDelete = (broadcast: Broadcast) => `Hapus siaran ${broadcast.number}? Balas *ya* untuk menghapus.`;
export const broadcastDeleted = (broadcast: Broadcast) => `🗑️ Siaran ${broadcast.number} dihapus.`;
export const noSuchBroadcast = 'Nomor siaran itu tidak ada. Ketik *siaran* untuk melihat semua.';
export const stopped = 'Baik, dihentikan. Tidak ada yang disimpan.';
