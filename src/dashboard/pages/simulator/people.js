// Who can be played: names, roles in plain words, and the groups they are offered in.

const ROLES = {
  villager: 'Warga',
  official: 'Kepala desa',
  officer: 'Petugas',
  head: 'Kepala kantor',
  admin: 'Admin',
};
const ORDER = ['villager', 'official', 'officer', 'head', 'admin'];

/** A role as people call it; an officer of a village is its `Petugas desa`. */
export const roleName = ({ role, village }) => (role === 'officer' && village ? 'Petugas desa' : (ROLES[role] ?? role));

/** `koto-dua-baru` → `Koto Dua Baru` */
export const villageName = (slug) =>
  slug
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');

/** People as they are offered: each village, then the office, then whoever belongs to no village. */
export function castGroups(people) {
  const villages = [...new Set(people.map((person) => person.village).filter(Boolean))];
  const groups = villages.map((village) => ({
    title: `Desa ${villageName(village)}`,
    people: people.filter((person) => person.village === village),
  }));
  const rest = people.filter((person) => !person.village);
  groups.push({ title: 'Kantor', people: rest.filter((person) => person.role !== 'villager') });
  groups.push({ title: 'Di luar desa', people: rest.filter((person) => person.role === 'villager') });
  for (const group of groups) group.people.sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));
  return groups.filter((group) => group.people.length > 0);
}

/** One of eight colours, the same for the same person. */
export function colourOf(id) {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + character.codePointAt(0)) % 9973;
  return `colour-${sum % 8}`;
}

/** First letters of a name, for the round face. */
export const initials = (name) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
