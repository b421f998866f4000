# A report in private: receipt, questions, alert, claim, answer, closing. The reporter hears of each step.
== 2026-11-23
08:00 Ani @ private: paspor adik saya ditahan calo, dia minta uang tebusan 5 juta
> Ani @ private: ✅ Laporan diterima. Kode: *KRC-....* ... dalam bahaya sekarang ... lewati ...
> officers: 🟡 Biasa · *KRC-....* Desa: Koto Dua Baru Jenis: ... paspor atau dokumen ditahan ... *ambil* untuk menangani.
> Budi @ private: ... Isi laporan (rahasia): > paspor adik saya ditahan calo, dia minta uang tebusan 5 juta ...
08:01 Ani @ private: tidak
> Ani @ private: *Kapan dan di mana* ...
> Budi @ private: ➕ Tambahan dari pelapor *KRC-....* (rahasia): > tidak
08:02 Ani @ private: lewati
> Ani @ private: *Siapa* ...
08:03 Ani @ private: namanya Ujang, orang pasar
> Ani @ private: Terima kasih 🙏 Keterangan Bapak/Ibu sudah masuk laporan *KRC-....* ...
> Budi @ private: ➕ Tambahan ... > namanya Ujang, orang pasar
08:04 Budi @ officers reacts 👍🏽 re "ditahan"
> officers: 👤 *KRC-....* ditangani Budi.
> Ani @ private: 👤 Laporan *KRC-....* sudah ditangani petugas. ...
> Budi @ private: ... > paspor adik saya ditahan calo, dia minta uang tebusan 5 juta > tidak > namanya Ujang, orang pasar ...
08:05 Budi @ private re "Isi laporan": balas Bu Ani, besok kami datang ke rumah.
> Ani @ private: 💬 *Petugas menjawab* (KRC-....): Bu Ani, besok kami datang ke rumah. ...
> Budi @ private: ✅ re "balas Bu Ani"
08:06 Ani @ private: baik pak
> Ani @ private: ✅ re "baik pak"
> Budi @ private: ➕ Tambahan ... > baik pak
08:10 Budi @ officers re "ditangani Budi": selesai Paspor sudah kembali ke keluarga.
> officers: ☑️ *KRC-....* ditutup oleh Budi.
> Ani @ private: ☑️ Laporan *KRC-....* ditutup oleh petugas. Paspor sudah kembali ke keluarga. ...
! officers: Ujang
! officers: 5 juta
! officers: Ani
