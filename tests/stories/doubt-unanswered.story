# Nobody answers for 72 hours: the words go, and nobody hears of it.
== 2026-11-23
08:00 Ani @ koto-dua-baru: agen datang lagi ke rumah minta ktp anak-anak
> Budi @ private: ❓ Mungkin ini *laporan* ...
== 2026-11-26
07:59 Budi @ private: menu
> Budi @ private: Assalamualaikum ...
08:00 passes
08:01 Budi @ private reacts 👍 re "Mungkin"
> Budi @ private: Tidak perlu dijawab lagi. Isi pesannya sudah dihapus.
08:02 Eko @ officers: daftar
> officers: Tidak ada laporan terbuka. 👍
# at the last moment it still counts
== 2026-11-27
08:00 Ani @ koto-dua-baru: agen datang lagi ke rumah minta ktp anak-anak
> Budi @ private: ❓ ...
== 2026-11-30
07:59 Budi @ private reacts 👍 re "Mungkin"
> officers: ... *KRC-....* ...
> Budi @ private: ... > agen datang lagi ...
08:01 Budi @ officers: ambil KRC-....
> officers: 👤 *KRC-....* ditangani Budi.
> Budi @ private: ... > agen datang lagi ...
08:05 passes
! koto-dua-baru: a
