import type { NamedPlace } from '../../../shared/base/places.ts'
import { LANGUAGES, type Language, LOCALE_OF } from '../../../shared/base/words/locales.ts'
import { OPEN_FIELDS, OPEN_TABLES } from '../../../shared/census/open-data/open-data-rules.ts'
import { type Html, html, publicPage } from '../../base/http/html.ts'
import type { FileLine } from './queries.ts'
import { meaningOf, type OpenWords, openWords } from './words.ts'

interface PageOf {
  /** Newest first. */
  readonly days: readonly string[]
  /** Of the newest day. */
  readonly files: readonly FileLine[]
  readonly isDemo: boolean
  readonly language: Language
  readonly languages: readonly Language[]
  readonly area: Pick<NamedPlace, 'name' | 'nameEn'> | null
}

/** What is published, for everybody: the newest files, what their fields mean, and the days before. */
export function openDataPage({ days, files, isDemo, language, languages, area }: PageOf): string {
  const t = openWords(language)
  const place = area ? (language === 'en' ? area.nameEn : area.name) : ''
  const title = [place, t('openData.title')].filter((part) => part !== '').join(' ')
  const others = LANGUAGES.filter((one) => one !== language && languages.includes(one))
  const [newest] = days
  const body = html`<main>
<p class="top"><span>${place}</span><span>${others.map(
    (one) =>
      html`<a lang="${LOCALE_OF[one]}" hreflang="${LOCALE_OF[one]}" href="?lang=${one}">${openWords(one)('openData.language')}</a> `,
  )}</span></p>
<h1>${t('openData.title')}</h1>
${isDemo && html`<p><strong>${t('openData.demo')}</strong></p>`}
<p>${t('openData.lead')}</p>
${newest === undefined ? html`<p>${t('openData.nothing')}</p>` : html`<h2>${newest}</h2>${filesTable(t, newest, files)}<p>${t('openData.latest')} <code>/public/data/latest/sites.csv</code></p>`}
<h2>${t('openData.dictionary')}</h2>
${OPEN_TABLES.map(
  (table) =>
    html`<details><summary>${t(`openData.table.${table}`)} (${table})</summary>${fieldsTable(t, table, language)}</details>`,
)}
<h2>${t('openData.codes')}</h2><p>${t('openData.codesSaid')}</p>
${days.length > 1 ? earlier(t, days.slice(1)) : null}
</main>`
  return publicPage({ locale: LOCALE_OF[language], title, description: title, body })
}

const FILE_HEADS = ['file', 'rows', 'size', 'hash'] as const

function filesTable(t: OpenWords, day: string, files: readonly FileLine[]): Html {
  const label = (head: (typeof FILE_HEADS)[number]) => t(`openData.${head}`)
  return html`<table><thead><tr>${FILE_HEADS.map((head) => html`<th scope="col"${head === 'rows' || head === 'size' ? html` class="n"` : null}>${label(head)}</th>`)}</tr></thead>
<tbody>${files.map(
    ({ name, rows, bytes, hash }) =>
      html`<tr><th scope="row" data-label="${label('file')}"><a href="/public/data/${day}/${name}">${name}</a></th><td class="n" data-label="${label('rows')}">${name.startsWith('dictionary') ? '—' : rows}</td><td class="n" data-label="${label('size')}">${Math.ceil(bytes / 1024)} KB</td><td data-label="${label('hash')}"><code>${hash.slice(0, 16)}</code></td></tr>`,
  )}</tbody></table>`
}

function fieldsTable(t: OpenWords, table: (typeof OPEN_TABLES)[number], language: Language): Html {
  const [name, type, meaning] = [t('openData.name'), t('openData.type'), t('openData.meaning')]
  return html`<table><thead><tr><th scope="col">${name}</th><th scope="col">${type}</th><th scope="col">${meaning}</th></tr></thead>
<tbody>${OPEN_FIELDS[table].map(
    (field) =>
      html`<tr><th scope="row" data-label="${name}"><code>${field.name}</code></th><td data-label="${type}">${t(`openData.type.${field.type}`)}</td><td data-label="${meaning}">${meaningOf(language, table, field.name)}</td></tr>`,
  )}</tbody></table>`
}

const earlier = (t: OpenWords, days: readonly string[]): Html =>
  html`<details><summary>${t('openData.earlier', { n: days.length })}</summary><ul>${days.map(
    (day) =>
      html`<li>${day}: ${OPEN_TABLES.map(
        (table) =>
          html`<a href="/public/data/${day}/${table}.csv">${t(`openData.table.${table}`)} CSV</a> <a href="/public/data/${day}/${table}.json">JSON</a> `,
      )}</li>`,
  )}</ul></details>`
