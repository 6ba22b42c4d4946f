import { setImmediate as turnOfOthers } from 'node:timers/promises'
import type { Language } from '../../../../shared/base/words/language.ts'
import { LOCALE_OF } from '../../../../shared/base/words/locales.ts'
import { isNumeric } from '../../../../shared/census/documents/documents-rules.ts'
import type { Paper, PaperSection, PaperTable } from '../../../../shared/census/documents/paper.ts'
import { say } from '../../../base/words/say.ts'
import type { PictureBytes } from './pictures.ts'
import { written } from './written.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const text = (value: string): string => value.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)

/** Laid out as GB/T 9704 lays out paper, as far as a browser prints it; on a telephone one reads it as well. */
export const STYLE = `
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
body { margin: 0 auto; padding: 16px; max-width: 820px; color: #111; background: #fff; font: 16px/1.75 FangSong, STFangsong, "Noto Serif SC", "Songti SC", serif; }
h1 { margin: 24px 0 8px; font: 700 26px/1.4 "Noto Serif SC", "Songti SC", STSong, SimSun, serif; text-align: center; text-wrap: balance; }
h2 { margin: 24px 0 8px; font: 700 18px/1.6 SimHei, "Noto Sans SC", "PingFang SC", sans-serif; break-after: avoid; }
.office, .number { margin: 0; text-align: center; }
.note { padding: 4px 12px; border: 1px solid #b00; text-indent: 0; } .office { color: #b00; font-weight: 700; }
.number { padding-bottom: 12px; border-bottom: 2px solid #b00; }
.basis { margin: 16px 0; padding: 8px 12px; border: 1px solid #999; font-size: 13px; line-height: 1.6; }
.basis div { display: flex; gap: 8px; } .basis dt { flex: 0 0 9em; color: #555; } .basis dd { margin: 0; overflow-wrap: anywhere; }
p { margin: 0 0 8px; text-indent: 2em; } p.plain, figure p { text-indent: 0; }
.wide { overflow-x: auto; } table { width: 100%; border-collapse: collapse; font-size: 12px; line-height: 1.5; }
caption { padding: 4px 0; font-weight: 700; text-align: left; } thead { display: table-header-group; } tr { break-inside: avoid; }
th, td { padding: 2px 6px; border: 1px solid #888; text-align: left; vertical-align: top; overflow-wrap: anywhere; } th { background: #eee; }
td.number-cell { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; } td.whole { white-space: nowrap; }
figure { margin: 12px 0; break-inside: avoid; } img { max-width: 100%; max-height: 220mm; width: auto; height: auto; border: 1px solid #888; box-sizing: border-box; } figcaption { font-size: 12px; overflow-wrap: anywhere; } svg { max-width: 100%; height: auto; } .end { margin-top: 32px; text-align: right; }
@media print { body { padding: 0; max-width: none; } .wide { overflow: visible; } }
`

/** A whole page without a script, of which nothing is fetched: its pictures (`photos`) are in it. */
export async function pageOf(paper: Paper, language: Language, photos: PictureBytes): Promise<string> {
  const {
    title,
    office,
    number,
    basis,
    sections,
    requirements,
    requirementsHeading,
    due,
    date,
    signed,
    note,
  } = paper
  const pictures = await picturesOf(sections)
  const facts = basis.map(
    ({ label, value, type }) =>
      `<div><dt>${text(label)}</dt><dd>${text(written(value, type, language))}</dd></div>`,
  )
  const demanded = requirements
    ? `<section><h2>${text(requirementsHeading)}</h2>${requirements
        .split('\n')
        .filter(Boolean)
        .map((line) => `<p>${text(line)}</p>`)
        .join(
          '',
        )}${due ? `<p>${text(say({ word: 'papers.due', values: { due } }, language))}</p>` : ''}</section>`
    : ''
  return `<!doctype html>
<html lang="${LOCALE_OF[language]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(`${title} ${number}`)}</title><style>${STYLE}</style></head><body><main>
<p class="office">${text(office)}</p><p class="number">${text(number)}</p><h1>${text(title)}</h1>
${note ? `<p class="note">${text(note)}</p>` : ''}
${sections.map((one, at) => sectionHtml(one, pictures[at] ?? '', language, photos)).join('\n')}
${demanded}
<p class="end">${text(office)}<br>${text(date)}</p>
<dl class="basis">${facts.join('')}</dl><p class="plain">${text(signed)}</p>
</main></body></html>`
}

/** The charts of chapters. What draws them is loaded by who wants one; between two everybody else has their turn. */
async function picturesOf(sections: readonly PaperSection[]): Promise<string[]> {
  const pictures: string[] = []
  for (const { chart } of sections) {
    if (!chart || chart.names.length === 0) {
      pictures.push('')
      continue
    }
    const { chartSvg } = await import('./chart.ts')
    pictures.push(`<figure>${chartSvg(chart)}</figure>`)
    await turnOfOthers()
  }
  return pictures
}

function sectionHtml(
  { heading, text: said, tables, pictures }: PaperSection,
  picture: string,
  language: Language,
  photos: PictureBytes,
): string {
  return `<section><h2>${text(heading)}</h2>${said ? `<p>${text(said)}</p>` : ''}${picture}${tables.map((one) => tableHtml(one, language)).join('')}${pictures.map((one) => photoHtml(one, photos)).join('')}</section>`
}

function photoHtml(
  { id, caption, width, height }: PaperSection['pictures'][number],
  photos: PictureBytes,
): string {
  const bytes = photos.get(id)
  const image = bytes
    ? `<img width="${width}" height="${height}" alt="" src="data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}">`
    : ''
  return `<figure>${image}<figcaption>${text(caption)}</figcaption></figure>`
}

function tableHtml({ caption, columns, rows, total }: PaperTable, language: Language): string {
  if (total === 0) return `<p>${text(say({ word: 'papers.empty', values: { caption } }, language))}</p>`
  const heads = columns.map(({ label }) => `<th scope="col">${text(label)}</th>`).join('')
  const cell = (value: PaperTable['rows'][number][number], at: number) => {
    const type = columns[at]?.type ?? 'text'
    const kind = isNumeric(type)
      ? ' class="number-cell"'
      : type === 'day' || type === 'outcome'
        ? ' class="whole"'
        : ''
    return `<td${kind}>${text(written(value, type, language))}</td>`
  }
  const lines = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('')
  const more =
    total > rows.length
      ? `<p>${text(say({ word: 'papers.more', values: { n: total - rows.length } }, language))}</p>`
      : ''
  return `<div class="wide"><table><caption>${text(caption)}</caption><thead><tr>${heads}</tr></thead><tbody>${lines}</tbody></table></div>${more}`
}
