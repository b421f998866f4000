// The office's sheet to sign off: a printed page for each topic, every sentence beside its source. Indonesian.

import type { LoadedContent } from '../content.ts';
import type { TopicId } from '../core/types.ts';
import { type Source, sourcesOf, statementsOf } from './statements.ts';

const escaped = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

function rows(text: string, sources: readonly Source[]): string {
  return statementsOf(text)
    .map((statement) => {
      const found = sourcesOf(statement, sources);
      // One line may hold several sayings of one source.
      const stated = [...new Set(found.map((one) => `${escaped(one.source)} <b>${one.status}</b>`))].join('<br>');
      if (statement.heading && found.length === 0) {
        return `<tr><th scope="row" colspan="3">${escaped(statement.text)}</th></tr>`;
      }
      return `<tr><td>${escaped(statement.text)}</td><td>${stated}</td><td class="check">☐</td></tr>`;
    })
    .join('\n');
}

const table = (caption: string, body: string) =>
  `<table><caption>${caption}</caption><thead><tr><th scope="col">Kalimat</th><th scope="col">Sumber</th><th scope="col" class="check">Benar</th></tr></thead><tbody>\n${body}\n</tbody></table>`;

const SIGNATURE =
  '<p class="sign">Diperiksa oleh: ______________________ Tanggal: ______________ Tanda tangan: ______________________</p>';

function page(title: string, checked: string, checkAgain: string, tables: string): string {
  return `<section>\n<h2>${escaped(title)}</h2>\n<p>Diperiksa ${checked}; diperiksa lagi paling lambat ${checkAgain}. V: dibaca di sumbernya. K: pengetahuan umum.</p>\n${tables}\n${SIGNATURE}\n</section>`;
}

const STYLE = `
  @page { size: A4; margin: 8mm 10mm; }
  body { font: 12pt/1.4 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #111; }
  table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: 0.5rem 0 1rem; }
  caption { text-align: left; font-weight: bold; padding: 0.3rem 0; }
  th, td { border: 1px solid #666; padding: 0.2rem 0.5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
  thead th { background: #eee; }
  thead th:nth-child(1) { width: 54%; }
  th.check { width: 3.6em; }
  th[scope=row] { background: #f6f6f6; }
  .check { text-align: center; }
  .sign { margin-top: 1rem; line-height: 2; }
  @media (max-width: 40rem) { body { margin: 0.5rem auto; padding: 0 0.5rem; font-size: 11pt; } th, td { padding: 0.15rem 0.25rem; } }
  @media print {
    body { margin: 0; padding: 0; max-width: none; font-size: 7.5pt; line-height: 1.15; }
    section { break-before: page; }
    h2 { margin: 0; font-size: 12pt; }
    p { margin: 0.2em 0; }
    table { margin: 0.1em 0 0.3em; }
    caption { padding: 0.1em 0; }
    th, td { border-width: 0.5px; padding: 0 0.4em; }
    tr { break-inside: avoid; }
    .sign { margin: 0.4em 0 0; }
  }
`;

/** The whole sheet as one HTML page: topics in the order of the menu, those behind no door after them, then the broadcasts. */
export function printable({ files, menu, office }: LoadedContent): string {
  const inOrder = menu.flatMap((door) => door.topics.map((topic) => topic.id));
  // A topic behind no door is said as well, so it stands at the end.
  const place = (id: TopicId) => (inOrder.includes(id) ? inOrder.indexOf(id) : inOrder.length);
  const topics = [...files.topics].sort((one, other) => place(one.topic.id) - place(other.topic.id));
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
