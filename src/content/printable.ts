// The office's sheet to sign off: a printed page for each topic, every sentence beside its source. Indonesian.

import type { LoadedContent } from '../content.ts';
import { type Source, sourcesOf, statementsOf } from './statements.ts';

const STATUS: Readonly<Record<Source['status'], string>> = { V: 'dibaca di sumber', K: 'pengetahuan umum' };

const escaped = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

function rows(text: string, sources: readonly Source[]): string {
  return statementsOf(text)
    .map((statement) => {
      const found = sourcesOf(statement, sources);
      const stated = found.map((one) => `${escaped(one.source)} <small>(${STATUS[one.status]})</small>`).join('<br>');
      if (statement.heading && found.length === 0) {
        return `<tr><th scope="row" colspan="3">${escaped(statement.text)}</th></tr>`;
      }
      return `<tr><td>${escaped(statement.text)}</td><td>${stated}</td><td class="check">☐</td></tr>`;
    })
    .join('\n');
}

const table = (caption: string, body: string) =>
  `<table><caption>${caption}</caption><thead><tr><th scope="col">Kalimat</th><th scope="col">Sumber</th><th scope="col">Benar</th></tr></thead><tbody>\n${body}\n</tbody></table>`;

const SIGNATURE =
  '<p class="sign">Diperiksa oleh: ______________________ Tanggal: ______________ Tanda tangan: ______________________</p>';

function page(title: string, checked: string, checkAgain: string, tables: string): string {
  return `<section>\n<h2>${escaped(title)}</h2>\n<p>Diperiksa ${checked}; diperiksa lagi paling lambat ${checkAgain}.</p>\n${tables}\n${SIGNATURE}\n</section>`;
}

const STYLE = `
  body { font: 12pt/1.4 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #111; }
  table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 1rem; }
  caption { text-align: left; font-weight: bold; padding: 0.3rem 0; }
  th, td { border: 1px solid #666; padding: 0.2rem 0.5rem; text-align: left; vertical-align: top; }
  thead th { background: #eee; }
  th[scope=row] { background: #f6f6f6; }
  td:first-child { width: 52%; }
  .check { width: 3.5rem; text-align: center; }
  .sign { margin-top: 1rem; }
  @media print { body { margin: 0; font-size: 9.5pt; } section { break-before: page; } tr { break-inside: avoid; } }
`;

/** The whole sheet as one HTML page: topics in the order of the menu, then the broadcasts. */
export function printable({ files, menu, office }: LoadedContent): string {
  const inOrder = menu.flatMap((door) => door.topics.map((topic) => topic.id));
  const topics = inOrder.flatMap((id) => files.topics.filter((file) => file.topic.id === id));
  const pages = [
    ...topics.map(({ topic, sources, checked, checkAgain }) =>
      page(
        `${topic.title} (${topic.id})`,
        checked,
        checkAgain,
        table('Jawaban', rows(topic.answer, sources)) + table('Keterangan lengkap', rows(topic.more, sources)),
      ),
    ),
    ...files.broadcasts.map(({ title, text, sources, checked, checkAgain }) =>
      page(`Siaran: ${title}`, checked, checkAgain, table('Isi', rows(text, sources))),
    ),
  ];
  return `<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lembar periksa isi bot desa binaan</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Lembar periksa isi bot</h1>
<p>${escaped(office.name)}. Setiap kalimat yang diucapkan bot berdiri di samping sumbernya. Beri tanda ☑ bila benar; coret dan perbaiki bila tidak. Tulisan dalam {kurung} diisi dari fakta kantor; barisnya tidak muncul selama kosong.</p>
${pages.join('\n')}
</body>
</html>
`;
}
