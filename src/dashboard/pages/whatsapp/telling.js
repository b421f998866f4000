// How the page tells the bot's state: words alone, so that they can be tested without a browser.

const MOMENT = new Intl.DateTimeFormat('id-ID', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Asia/Jakarta',
});

/** `Senin, 23 November 2026 pukul 07.00 WIB` */
const momentText = (iso) => `${MOMENT.format(new Date(iso))} WIB`;

/** By state: a headline from the moment since when it is so, and what to do about it. */
const STATES = {
  connecting: {
    headline: () => 'Menghubungkan ke WhatsApp',
    advice: ['Tunggu sebentar. Ini bisa sampai dua menit.'],
  },
  linking: {
    headline: () => 'Menunggu ditautkan',
    advice: ['Bot belum tertaut dengan HP. Ikuti langkah di bawah.'],
  },
  ready: {
    headline: (since) => `Siap sejak ${since}`,
    advice: ['Bot mendengar dan menjawab.'],
  },
  down: {
    headline: (since) => `Terputus sejak ${since}`,
    advice: [
      'Bot mencoba lagi sendiri, terus-menerus.',
      'Periksa: apakah internet di komputer ini jalan?',
      'Periksa: apakah HP bot menyala dan terhubung ke internet?',
      'Kalau 15 menit belum siap, mulai ulang bot.',
    ],
  },
  blocked: {
    headline: (since) => `Diblokir oleh WhatsApp sejak ${since}`,
    advice: [
      'Bot berhenti mencoba.',
      'Jangan menautkan ulang berkali-kali. Itu memperburuk.',
      'Buka WhatsApp di HP bot. Baca apa yang tertulis. Minta peninjauan di sana.',
      'Beri tahu petugas: laporan tidak masuk lewat bot.',
      'Siapkan nomor kedua. Caranya ada di docs/panduan-operator.md, bagian 10.',
    ],
  },
};

/** The bot itself does not answer. */
const AWAY = {
  state: 'away',
  headline: 'Bot tidak menjawab halaman ini',
  advice: [
    'Mungkin bot sedang mati atau sedang dimulai ulang.',
    'Halaman ini mencoba lagi sendiri.',
    'Kalau tetap begini, jalankan scripts/doctor di komputer bot.',
  ],
};

/** As the admins read it in WhatsApp, without its marks. */
const BROKEN = {
  'own-ids': 'Pesan tetap terkirim. Sesudah gangguan, satu pesan bisa terkirim dua kali.',
  quotes: 'Jawaban tetap terkirim, tetapi tidak menempel pada pertanyaannya. Petugas: sebut kode laporannya.',
  acks: 'Pesan tetap terkirim. Tanda bahwa pesan sudah sampai bisa terlambat atau tidak muncul.',
  'media-in': 'Laporan tetap masuk. Foto dan suara dari warga tidak bisa diambil: lihat di HP bot.',
  'media-out': 'Tulisan tetap terkirim. Foto dan berkas tidak bisa dikirim.',
  reactions: 'Perintah tertulis tetap jalan. Reaksi jempol tidak terbaca: balas “ambil” sebagai gantinya.',
  typing: 'Semua pesan tetap jalan. Hanya tanda “sedang mengetik” yang tidak muncul.',
  groups: 'Pesan dan laporan tetap jalan. Bot tidak tahu kalau ia dimasukkan ke grup atau dikeluarkan.',
};

/**
 * @param {{state: string, since: string} | undefined} link what the bot answered; undefined where it did not
 * @returns {{state: string, headline: string, advice: string[]}}
 */
export function telling(link) {
  const told = link && STATES[link.state];
  if (!told) return AWAY;
  return { state: link.state, headline: told.headline(momentText(link.since)), advice: told.advice };
}

/** @param {string[]} capabilities names of what does not work */
export const brokenWords = (capabilities) => capabilities.map((name) => BROKEN[name] ?? name);
