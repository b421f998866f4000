# No: closed, and nobody hears of it. What its writer deletes is gone at once.
== 2026-11-23
08:00 Ani @ koto-dua-baru: agen datang lagi ke rumah minta ktp anak-anak
> Budi @ private: ❓ Mungkin ini *laporan* ...
08:01 Budi @ private reacts 👎 re "Mungkin"
08:02 Budi @ private reacts 👍 re "Mungkin"
> Budi @ private: Sudah dijawab: *bukan*. Isi pesannya sudah dihapus.
# changed afterwards: not asked again
08:03 Ani @ koto-dua-baru edits "agen": agen datang lagi ke rumah minta ktp anak-anak ya
08:04 Rudi @ koto-dua-baru: lowongan kerja minat hub wa
> Budi @ private: ❓ Mungkin ini *iklan kerja mencurigakan* ...
08:05 Budi @ private re "iklan": bukan
> Budi @ private: Baik. Isi pesannya sudah dihapus. 🙏
08:06 Sari @ hiang-sakti: agen datang lagi ke rumah minta ktp anak-anak
> Dewi @ private: ❓ ...
08:07 Sari @ hiang-sakti deletes "agen"
08:08 Dewi @ private reacts 👍 re "Mungkin"
> Dewi @ private: Tidak perlu dijawab lagi. Isi pesannya sudah dihapus.
08:09 Eko @ officers: daftar
> officers: Tidak ada laporan terbuka. 👍
# what may name an officer goes around him
08:10 Ani @ koto-dua-baru: agen sama Budi datang lagi ke rumah minta ktp anak-anak
> Ratna @ private: ❓ Mungkin ini *laporan* ...
08:11 Ratna @ private re "Mungkin": tidak
> Ratna @ private: Baik. ...
! koto-dua-baru: a
! hiang-sakti: a
! officers: KRC
