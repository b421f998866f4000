# untied: grup-hiang-sakti
# dailies: yes
# The bot is added to a group. It is tied, listened to, counted, and let speak by the admin; reports work from the first minute.
== 2026-11-23
07:00 passes
> officers: ✅ Bot hidup. Tidak ada laporan terbuka.
07:59 grup-hiang-sakti is joined
> Wawan @ private: Saya ada di grup baru: *Desa Binaan Hiang Sakti*. ...
# told again by the network, or by the first message there: nothing more
08:00 grup-hiang-sakti is joined
08:01 Sari @ grup-hiang-sakti: brp biaya paspor
08:02 Wawan @ private re "grup baru": desa Hiang Sakti
> Wawan @ private: ✅ Grup ... *mendengarkan dulu* ...
> grup-hiang-sakti: Assalamualaikum warga Hiang Sakti ... Di grup ini saya belum menjawab. ...
# questions, a call by name, its menu and a digit: all unsaid
08:10 Sari @ grup-hiang-sakti: brp biaya paspor
08:11 Joni @ grup-hiang-sakti: syarat bikin paspor apa saja
08:12 Joni @ grup-hiang-sakti to bot: halo
08:13 Joni @ grup-hiang-sakti: 1
# a report in the group becomes a case, and an advert is told to the officers; the group hears nothing
08:20 Sari @ grup-hiang-sakti: tolong, adik saya disekap majikan di Malaysia
> Dewi @ private: ...
> officers: 🔴 *DARURAT* · *KRC-....* Desa: Hiang Sakti ...
08:21 Dewi @ officers re "DARURAT": ambil
> officers: 👤 *KRC-....* ditangani Dewi.
> Dewi @ private: ...
08:30 Fikri @ grup-hiang-sakti: Lowongan kerja di Kamboja gaji 15 juta tanpa kontrak berangkat cepat paspor diurus hubungi WA
> Dewi @ private: ...
> officers: 🟡 Biasa · *KRC-....* Desa: Hiang Sakti Jenis: iklan kerja mencurigakan di grup ...
08:31 Dewi @ officers re "iklan": selesai
> officers: ☑️ *KRC-....* ditutup oleh Dewi.
# in private it answers as anywhere
08:40 Rohana @ private: brp biaya paspor
> Rohana @ private: *Biaya e-paspor ...
08:50 Wawan @ private: grup
> Wawan @ private: *Grup* ... Hiang Sakti · 👂 mendengarkan Yang akan saya katakan: 2 jawaban (...), 1 ajakan melapor lewat pesan pribadi, 1 peringatan tawaran kerja, 1 menu ...
# a broadcast goes only where it speaks
08:51 Wawan @ private: siaran baru Waspada tawaran kerja tanpa kontrak.
> Wawan @ private: Untuk desa mana? ...
08:52 Wawan @ private: semua
> Wawan @ private: Kapan dikirim? ...
08:53 Wawan @ private: hari ini 09.00
> Wawan @ private: *Periksa dulu:* ...
08:54 Wawan @ private: ya
> Wawan @ private: ✅ Siaran 1 disimpan. ...
09:00 passes
> koto-dua-baru: Waspada tawaran kerja tanpa kontrak.
# each Monday the admin is reminded, with a notice that can be answered
== 2026-11-30
06:59 passes
> officers: ✅ Bot hidup. 1 laporan terbuka. Semua sudah ditangani.
> officers: ✅ Bot hidup. 1 laporan terbuka. Semua sudah ditangani.
> officers: ✅ Bot hidup. 1 laporan terbuka. Semua sudah ditangani.
> officers: ✅ Bot hidup. 1 laporan terbuka. Semua sudah ditangani.
> officers: ✅ Bot hidup. 1 laporan terbuka. Semua sudah ditangani.
> officers: ✅ Bot hidup. 1 laporan terbuka. Semua sudah ditangani.
07:30 passes
> officers: ✅ Bot hidup. 1 laporan terbuka. Semua sudah ditangani.
> Wawan @ private: 👂 *Grup yang masih saya dengarkan saja:* ... Desa Binaan Hiang Sakti Yang akan saya katakan: 2 jawaban ... 1 siaran, 1 menu Supaya saya menjawab di sana, balas pesan ini dengan *bicara*.
# who is no admin lets nothing speak
07:40 Joni @ private: grup 3 bicara
> Joni @ private: ...
07:41 Sari @ grup-hiang-sakti: brp biaya paspor
07:42 Wawan @ private re "masih saya dengarkan": bicara
> Wawan @ private: 🗣️ Di grup *Desa Binaan Hiang Sakti* saya sekarang *bicara*. ...
> grup-hiang-sakti: 🙏 Mulai sekarang saya juga menjawab *di grup ini*. ...
07:43 Sari @ grup-hiang-sakti: brp biaya paspor
> grup-hiang-sakti: *Biaya e-paspor ...
07:44 Wawan @ private: grup
> Wawan @ private: *Grup* ... Hiang Sakti · 🗣️ bicara _Contoh: ...
# and back: counted anew, and the group is not told of the change again
07:45 Wawan @ private re "sekarang *bicara*": dengar
> Wawan @ private: 👂 Di grup *Desa Binaan Hiang Sakti* saya sekarang *mendengarkan* saja. ...
07:46 Sari @ grup-hiang-sakti: syarat bikin paspor apa saja
07:47 Wawan @ private: grup 3 bicara
> Wawan @ private: 🗣️ ...
07:48 Sari @ grup-hiang-sakti: syarat bikin paspor apa saja
> grup-hiang-sakti: ...
