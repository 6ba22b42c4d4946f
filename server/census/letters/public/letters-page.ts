import type { NamedPlace } from '../../../../shared/base/places.ts'
import { LANGUAGES, type Language, LOCALE_OF } from '../../../../shared/base/words/locales.ts'
import { LETTER_KINDS, letterNumber } from '../../../../shared/census/letters/letters-rules.ts'
import { type Calendar, workdaysBetween } from '../../../../shared/register/workdays/workdays.ts'
import { type Html, html, publicPage } from '../../../base/http/html.ts'
import { hidePersonal } from './hide.ts'
import type { PublicChoice, PublicGroup, PublicLetter, PublicLine } from './letters-queries.ts'
import { type HotlineWords, hotlineWords, monthIn } from './words.ts'

interface About {
  readonly language: Language
  readonly languages: readonly Language[]
  readonly area: Pick<NamedPlace, 'name' | 'nameEn'> | null
}

interface ListOf extends About {
  /** Null: there is nothing of what was asked for. */
  readonly shown: {
    readonly choice: PublicChoice
    readonly page: number
    readonly pages: number
    readonly total: number
    readonly groups: readonly PublicGroup[]
    readonly rows: { readonly rows: readonly PublicLine[]; readonly calendar: Calendar }
  } | null
  /** Of which there are letters, newest first. */
  readonly months: readonly string[]
}

const LIST = '/public/hotline/letters'
const COLUMNS = ['letter', 'kind', 'unit', 'received', 'answered', 'taken'] as const

/** The letters of a month that everybody may read, with their answers: read without script. */
export function lettersPage({ shown, months, ...about }: ListOf): string {
  const { language } = about
  const t = hotlineWords(language)
  const month = shown ? monthIn(t, shown.choice.month) : ''
  const body = html`<h1>${t('hotline.letters')}${month && html` · ${month}`}</h1>
${shown ? listOf(t, shown, language) : html`<p>${t(months.length > 0 ? 'hotline.noLetters' : 'hotline.noLetter')}</p>`}
${
  months.length > 0 &&
  html`<nav aria-label="${t('hotline.months')}"><h2>${t('hotline.months')}</h2><ul class="months">${months.map(
    (one) => html`<li><a href="${addressOf({ month: one }, language)}">${monthIn(t, one)}</a></li>`,
  )}</ul></nav>`
}`
  const here = shown ? chosen(shown.choice, shown.page) : {}
  return framed(t, about, [t('hotline.letters'), month], (one) => addressOf(here, one), body)
}

type Query = Readonly<Record<string, string | number | null>>

const chosen = ({ month, unit, kind }: PublicChoice, page: number): Query => ({
  ...{ month, unit, kind },
  page: page > 1 ? page : null,
})

function addressOf(query: Query, language: Language): string {
  const given = Object.entries(query).filter(([, value]) => value !== null)
  return `${LIST}?${new URLSearchParams([...given.map(([key, value]) => [key, String(value)]), ['lang', language]])}`
}

function listOf(t: HotlineWords, shown: NonNullable<ListOf['shown']>, language: Language): Html {
  const { choice, page, pages, total, groups, rows } = shown
  const turn = (to: number, word: 'hotline.newer' | 'hotline.older') =>
    to >= 1 && to <= pages && html`<a href="${addressOf(chosen(choice, to), language)}">${t(word)}</a> `
  return html`<p>${t('hotline.lettersLead', { total })}</p>
${choices(t, choice, groups, language)}
<table>
<thead><tr>${COLUMNS.map((column) => html`<th scope="col">${t(`hotline.line.${column}`)}</th>`)}</tr></thead>
<tbody>${rows.rows.map((line) => lineOf(t, line, rows.calendar, language))}</tbody></table>
${pages > 1 && html`<nav aria-label="${t('hotline.pages')}"><p>${turn(page - 1, 'hotline.newer')}${t('hotline.page', { page, pages })} ${turn(page + 1, 'hotline.older')}</p></nav>`}`
}

/** Every kind and department that has letters then; what is chosen is no link. */
function choices(
  t: HotlineWords,
  choice: PublicChoice,
  groups: readonly PublicGroup[],
  language: Language,
): Html {
  const { unit, kind } = choice
  const sum = (is: (group: PublicGroup) => boolean) =>
    groups.filter(is).reduce((total, { n }) => total + n, 0)
  const ofUnit = (id: number | null) => (group: PublicGroup) => id === null || group.unit_id === id
  const entry = (name: string, n: number, isChosen: boolean, to: PublicChoice) =>
    n > 0 &&
    html`<li>${isChosen ? html`<b aria-current="true">${name}</b>` : html`<a href="${addressOf(chosen(to, 1), language)}">${name}</a>`} ${n}</li>`
  const units = [...new Map(groups.map(({ unit_id, name }) => [unit_id, name]))]
  const kinds = LETTER_KINDS.map((one) =>
    entry(
      t(`hotline.kind.${one}`),
      sum((group) => ofUnit(unit)(group) && group.kind === one),
      one === kind,
      { ...choice, kind: one },
    ),
  )
  const own = units.find(([id]) => id === unit)?.[1]
  return html`<nav aria-label="${t('hotline.line.kind')}"><ul class="months">${entry(t('hotline.everyKind'), sum(ofUnit(unit)), kind === null, { ...choice, kind: null })}${kinds}</ul></nav>
<details><summary>${t('hotline.line.unit')}${own !== undefined && html` · ${own}`}</summary><ul class="months">${entry(
    t('hotline.everyUnit'),
    sum(() => true),
    unit === null,
    { ...choice, unit: null, kind: null },
  )}${units.map(([id, name]) => entry(name, sum(ofUnit(id)), id === unit, { ...choice, unit: id, kind: null }))}</ul></details>`
}

function lineOf(t: HotlineWords, line: PublicLine, calendar: Calendar, language: Language): Html {
  const label = (column: (typeof COLUMNS)[number]) => t(`hotline.line.${column}`)
  const cell = (column: (typeof COLUMNS)[number], value: string | Html) =>
    html`<td data-label="${label(column)}">${value}</td>`
  const number = letterNumber(line.year, line.serial)
  return html`<tr><th scope="row" class="cut" data-label="${label('letter')}"><a href="${LIST}/${number}?lang=${language}">${hidePersonal(line.title, line, false)}</a></th>${cell('kind', t(`hotline.kind.${line.kind}`))}${cell('unit', line.unit)}${cell('received', line.received_on)}${cell('answered', line.answered_on)}${cell('taken', takenOf(t, line, calendar))}</tr>
`
}

/** Working days from the day of receipt, which is not counted. */
function takenOf(t: HotlineWords, line: PublicLine, calendar: Calendar): Html {
  const n = workdaysBetween(calendar, line.received_on, line.answered_on)
  const isLate = line.answered_on > line.due_on
  return html`<span>${t('hotline.days', { n })}${isLate && html` <span class="bad">${t('hotline.late')}</span>`}</span>`
}

interface LetterOf extends About {
  /** Null: there is none that everybody may read. */
  readonly letter: PublicLetter | null
  readonly calendar: Calendar
}

/** A letter and its answer, for everybody. */
export function letterPage({ letter, calendar, ...about }: LetterOf): string {
  const { language } = about
  const t = hotlineWords(language)
  if (letter === null) {
    const body = html`<h1>${t('hotline.letters')}</h1><p>${t('hotline.noLetter')}</p>${back(t, {}, language)}`
    return framed(t, about, [t('hotline.letters')], (one) => addressOf({}, one), body)
  }
  const title = hidePersonal(letter.title, letter, false)
  const number = letterNumber(letter.year, letter.serial)
  const terms = [
    [t('hotline.line.number'), number],
    [t('hotline.line.kind'), t(`hotline.kind.${letter.kind}`)],
    [t('hotline.line.unit'), letter.unit],
    [t('hotline.line.received'), letter.received_on],
    [t('hotline.line.answered'), letter.answered_on],
    [t('hotline.line.taken'), takenOf(t, letter, calendar)],
    [t('hotline.line.term'), t('hotline.days', { n: letter.workdays + (letter.extended ?? 0) })],
  ] as const
  const body = html`<h1 class="cut">${title}</h1>
<dl class="facts">${terms.map(([term, said]) => html`<div><dt>${term}</dt><dd>${said}</dd></div>`)}</dl>
<h2>${t('hotline.question')}</h2><p class="said">${hidePersonal(letter.body, letter, false)}</p>
<h2>${t('hotline.answer')}</h2><p class="said">${hidePersonal(letter.reply, letter, true)}</p>
<p class="hint">${t('hotline.hidden')}</p>
${back(t, { month: letter.answered_on.slice(0, 7) }, language)}`
  return framed(t, about, [title], (one) => `${LIST}/${number}?lang=${one}`, body)
}

const back = (t: HotlineWords, query: Query, language: Language): Html =>
  html`<p><a href="${addressOf(query, language)}">${t('hotline.letters')}</a></p>`

/** @param here the same page in another language */
function framed(
  t: HotlineWords,
  { language, languages, area }: About,
  titles: readonly string[],
  here: (language: Language) => string,
  content: Html,
): string {
  const place = area ? (language === 'en' ? area.nameEn : area.name) : ''
  const title = [place, ...titles].filter((part) => part !== '').join(' ')
  const others = LANGUAGES.filter((one) => one !== language && languages.includes(one))
  const body = html`<main>
<p class="top"><span>${place} · <a href="/public/hotline?lang=${language}">${t('hotline.title')}</a></span><span>${others.map(
    (one) =>
      html`<a lang="${LOCALE_OF[one]}" hreflang="${LOCALE_OF[one]}" href="${here(one)}">${hotlineWords(one)('hotline.language')}</a> `,
  )}</span></p>
${content}
</main>`
  return publicPage({ locale: LOCALE_OF[language], title, description: title, body })
}
