import type { NamedPlace } from '../../../../shared/base/places.ts'
import { localMinute } from '../../../../shared/base/time.ts'
import { LANGUAGES, type Language, LOCALE_OF } from '../../../../shared/base/words/locales.ts'
import type { Ranking, RankingRow } from '../../../../shared/census/letters/ranking/ranking.ts'
import { overdueOf } from '../../../../shared/census/letters/ranking/ranking-rules.ts'
import { type Html, html, publicPage } from '../../../base/http/html.ts'
import { type HotlineWords, hotlineWords, monthIn } from './words.ts'

interface PageOf {
  readonly ranking: Ranking | null
  /** Months that can be looked at, newest first. */
  readonly published: readonly string[]
  /** Departments of which everybody may read letters that were answered in the month. */
  readonly withLetters: ReadonlySet<number>
  readonly language: Language
  readonly languages: readonly Language[]
  readonly area: Pick<NamedPlace, 'name' | 'nameEn'> | null
}

/** The hotline's page of a month, for everybody: read without script. Without a ranking it says that there is none. */
export function hotlinePage({ ranking, published, withLetters, language, languages, area }: PageOf): string {
  const t = hotlineWords(language)
  const place = area ? (language === 'en' ? area.nameEn : area.name) : ''
  const month = ranking ? monthIn(t, ranking.month) : ''
  const title = [place, t('hotline.title'), month].filter((part) => part !== '').join(' ')
  const others = LANGUAGES.filter((one) => one !== language && languages.includes(one))
  const body = html`<main>
<p class="top"><span>${place}</span><span>${others.map(
    (one) =>
      html`<a lang="${LOCALE_OF[one]}" hreflang="${LOCALE_OF[one]}" href="?${query(ranking?.month, one)}">${hotlineWords(one)('hotline.language')}</a> `,
  )}</span></p>
<h1>${t('hotline.title')}${month && html` · ${month}`}</h1>
<p><a href="/public/hotline/letters?lang=${language}">${t('hotline.letters')}</a></p>
${ranking ? monthOf(t, ranking, withLetters, language) : html`<p>${t(published.length > 0 ? 'hotline.noMonth' : 'hotline.nothing')}</p>`}
${months(t, published, language)}
</main>`
  return publicPage({ locale: LOCALE_OF[language], title, description: title, body })
}

const query = (month: string | undefined, language: Language): string =>
  new URLSearchParams({ ...(month && { month }), lang: language }).toString()

function monthOf(
  t: HotlineWords,
  ranking: Ranking,
  withLetters: ReadonlySet<number>,
  language: Language,
): Html {
  const { total, rows, leastLetters: least, month } = ranking
  const ranked = rows.filter(({ place }) => place !== null)
  const below = rows.filter(({ place }) => place === null)
  const lettersOf = (unit: number) =>
    withLetters.has(unit) &&
    html`<small><a href="/public/hotline/letters?month=${month}&unit=${unit}&lang=${language}">${t('hotline.ofUnit')}</a></small>`
  const values = { month: monthIn(t, month), due: total.due, inTime: total.inTime }
  return html`<p>${t('hotline.lead', values)}</p>
<ul class="sums">
<li><b>${total.due}</b>${t('hotline.sum.due')}</li>
<li><b>${total.inTime}</b>${t('hotline.sum.inTime')}</li>
<li><b>${overdueOf(total)}</b>${t('hotline.sum.overdue')} <small>${shareOf(total)} (${intervalOf(total)})</small></li>
<li><b>${total.satisfied} / ${total.rated}</b>${t('hotline.sum.satisfied')}</li>
</ul>
<h2>${t('hotline.ranking')}</h2>
${ranked.length > 0 ? table(t, ranked, lettersOf) : null}
${below.length > 0 ? html`<h2>${t('hotline.below', { least })}</h2>${table(t, below, lettersOf)}` : null}
${accounting(t, ranking)}
<p><a href="/public/hotline.csv?month=${month}">${t('hotline.csv')}</a> · <a href="/public/hotline.json?month=${month}">${t('hotline.json')}</a></p>`
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`
const shareOf = ({ overdueShare }: Pick<RankingRow, 'overdueShare'>): string =>
  overdueShare === null ? '—' : percent(overdueShare)
const intervalOf = ({ overdueInterval }: Pick<RankingRow, 'overdueInterval'>): string =>
  overdueInterval === null ? '' : overdueInterval.map(percent).join(' – ')

const COLUMNS = ['place', 'unit', 'due', 'inTime', 'late', 'unanswered', 'overdue', 'asked'] as const

function table(
  t: HotlineWords,
  rows: readonly RankingRow[],
  lettersOf: (unit: number) => Html | false,
): Html {
  const label = (column: (typeof COLUMNS)[number]) => t(`hotline.column.${column}`)
  const number = (column: (typeof COLUMNS)[number], value: string | number | Html) =>
    html`<td class="n" data-label="${label(column)}">${value}</td>`
  return html`<table>
<thead><tr>${COLUMNS.map((column) => html`<th scope="col"${column === 'unit' ? null : html` class="n"`}>${label(column)}</th>`)}</tr></thead>
<tbody>${rows.map(
    (
      row,
    ) => html`<tr id="u${row.unit.id}">${number('place', row.place ?? '—')}<th scope="row" class="cut" data-label="${label('unit')}"><span><a href="#u${row.unit.id}">${row.unit.name}</a>${lettersOf(row.unit.id)}</span></th>${number('due', row.due)}${number('inTime', row.inTime)}${number('late', row.late)}${number('unanswered', row.unanswered)}${number('overdue', html`<span>${shareOf(row)}<small>${intervalOf(row)}</small></span>`)}${number('asked', `${row.satisfied} / ${row.rated} / ${row.asked}`)}</tr>
`,
  )}</tbody></table>`
}

function accounting(t: HotlineWords, ranking: Ranking): Html {
  const { unassigned, merged, leastLetters: least, confidencePercent, satisfiedFrom: from } = ranking
  const at = ranking.publishedAt ? localMinute(Date.parse(ranking.publishedAt)) : ''
  const pairs = [
    [t('hotline.cohort'), t('hotline.cohortSaid')],
    [t('hotline.least'), t('hotline.leastSaid', { least, percent: confidencePercent })],
    [t('hotline.satisfied'), t('hotline.satisfiedSaid', { from })],
    [t('hotline.excluded'), t('hotline.excludedSaid', { unassigned, merged })],
    [t('hotline.frozen'), t('hotline.fixed', { at, hash: (ranking.hash ?? '').slice(0, 16) })],
  ] as const
  return html`<h2>${t('hotline.accounting')}</h2><dl>${pairs.map(([term, said]) => html`<dt>${term}</dt><dd>${said}</dd>`)}</dl>`
}

function months(t: HotlineWords, published: readonly string[], language: Language): Html | null {
  if (published.length === 0) return null
  return html`<nav aria-label="${t('hotline.months')}"><h2>${t('hotline.months')}</h2><ul class="months">${published.map(
    (month) => html`<li><a href="?${query(month, language)}">${monthIn(t, month)}</a></li>`,
  )}</ul></nav>`
}
