# untied: grup-hiang-sakti
# An admin shows an invitation; the bot looks, asks, and joins after a `ya`. From anybody else a link is everyday chat.
== 2026-11-23
08:00 Ani @ koto-dua-baru: gabung grup kami https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv
08:01 Ani @ private: https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv
> Ani @ private: ...
08:02 Budi @ private: https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv
> Budi @ private: ...
08:03 Wawan @ koto-dua-baru: https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv
08:10 Wawan @ private: https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv
> Wawan @ private: Saya lihat dulu undangannya.
08:11 invitation leads to "Desa Binaan Hiang Sakti", 123
> Wawan @ private: Grup *Desa Binaan Hiang Sakti*, 123 anggota. Balas *ya* untuk bergabung, *tidak* untuk batal.
08:12 Wawan @ private: tidak
> Wawan @ private: Baik, saya tidak bergabung.
08:13 Wawan @ private: Buka tautan ini untuk bergabung ke grup WhatsApp saya: https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv?mode=ac_t
> Wawan @ private: Saya lihat dulu undangannya.
08:14 invitation leads to "Desa Binaan Hiang Sakti", 123
> Wawan @ private: Grup *Desa Binaan Hiang Sakti*, 123 anggota. ...
08:15 Wawan @ private: ya
> Wawan @ private: Baik, saya minta masuk.
08:16 invitation is waiting
> Wawan @ private: ⏳ Menunggu persetujuan admin grup itu. ...
09:00 grup-hiang-sakti is joined
> Wawan @ private: Saya ada di grup baru: *Desa Binaan Hiang Sakti*. ...
# a wrong one
09:10 Wawan @ private: https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUw
> Wawan @ private: Saya lihat dulu ...
09:11 invitation leads to "Arisan*\n*desa petugas*"
> Wawan @ private: Grup *Arisan...
09:12 Wawan @ private: ya
> Wawan @ private: Baik, saya minta masuk.
09:13 invitation is refused
> Wawan @ private: Undangan itu tidak bisa dipakai. ...
# `ya` stands for nothing any more, and a link within a text for the villages stays in that text
09:20 Wawan @ private: siaran baru Gabung di https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv
> Wawan @ private: Untuk desa mana? ...
09:21 Wawan @ private: batal
> Wawan @ private: Baik, dihentikan. ...
