# What is due to be checked again is told to the admins, once for each date; nobody else hears of it.
== 2026-12-22
08:00 Wawan @ private: siaran baru
> Wawan @ private: Tulis *isi siaran* ...
08:01 Wawan @ private: Rapat di balai desa.
> Wawan @ private: Untuk desa mana? ...
08:02 Wawan @ private: 2
> Wawan @ private: Kapan dikirim? ...
08:03 Wawan @ private: setiap rabu 08.00
> Wawan @ private: *Periksa dulu:* ...
08:04 Wawan @ private: ya
> Wawan @ private: ✅ Siaran 1 disimpan. ...
# the day before, nothing is due
23:59 passes
== 2026-12-23
08:00 passes
> hiang-sakti: Rapat di balai desa.
> Wawan @ private: 📅 *Sudah waktunya diperiksa ulang* (isinya mungkin berubah): - Kantor ... - Nomor ... Minta petugas mencocokkan angka, aturan, dan nomornya dengan sumbernya.
# not every day, though nobody has checked yet
== 2026-12-30
08:00 passes
> hiang-sakti: Rapat di balai desa.
# what falls due later is told alone
== 2027-01-06
08:00 passes
> hiang-sakti: Rapat di balai desa.
> Wawan @ private: 📅 *Sudah waktunya diperiksa ulang* (isinya mungkin berubah): - ...paspor... Minta petugas mencocokkan ...
! officers: diperiksa ulang
! hiang-sakti: diperiksa ulang
