import { localDay } from '../../../../shared/base/time.ts'
import type { Language } from '../../../../shared/base/words/language.ts'
import type { DocumentData, ShownPicture, Table } from '../../../../shared/census/documents/documents.ts'
import type { ValueType } from '../../../../shared/census/documents/documents-rules.ts'
import type { Paper, PaperSection, PaperTable } from '../../../../shared/census/documents/paper.ts'
import { say } from '../../../base/words/say.ts'
import { barsOf } from './bars.ts'
import { inWords, waitsIn, wordOf } from './codes.ts'
import { written } from './written.ts'

/** What of a document stands beside its data. */
export interface About {
  readonly title: string
  readonly number: string | null
  readonly requirements: string
  readonly dueOn: string | null
  readonly issuedAt: Date | null
  readonly issuer: string | null
  readonly reviewer: string | null
  readonly drafter: string | null
  readonly isSuperseded: boolean
  readonly hash: string
  /** Where its data can be seen again. */
  readonly address: string
}

/** A document in the words of a language. Every figure is one of its data. */
export function paperOf(data: DocumentData, about: About, language: Language): Paper {
  const day = about.issuedAt ? localDay(about.issuedAt.getTime()) : localDay(Date.parse(data.madeAt))
  const text = (word: Parameters<typeof say>[0]['word'], values = {}) => say({ word, values }, language)
  return {
    title: about.title,
    office: text('papers.office', { place: language === 'zh' ? data.area.name : data.area.nameEn }),
    number: about.number ?? text('papers.draft'),
    date: longDay(day, language),
    basis: basisOf(data, about, language),
    sections: data.sections.map((one, at) => sectionOf(data, one, at, language)),
    requirementsHeading: `${wordOf('ordinal', String(data.sections.length + 1), language)}${text('papers.requirements')}`,
    requirements: about.requirements,
    due: about.dueOn === null ? '' : longDay(about.dueOn, language),
    note: about.isSuperseded ? text('papers.superseded') : '',
    signed: about.issuer
      ? text('papers.signed', { drafter: about.drafter ?? '', issuer: about.issuer })
      : text('papers.unsigned', { drafter: about.drafter ?? '' }),
  }
}

/** As it is written on documents, without leading zeros. */
export function longDay(day: string, language: Language): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return say({ word: 'papers.date', values: { year, month, date } }, language)
}

function basisOf(data: DocumentData, { hash, address }: About, language: Language): Paper['basis'] {
  const line = (key: string, value: string | number, type: ValueType = 'text') => ({
    ...{ key, label: wordOf('basis', key, language), type, value },
  })
  const { edition, window, excluded } = data
  const out = excluded.map(({ reason, n }) =>
    say({ word: 'papers.excludedN', values: { reason: wordOf('excluded', reason, language), n } }, language),
  )
  const named = edition && { name: edition.name[language], code: edition.code, revision: edition.revision }
  const span =
    window.from === window.to ? window.from : say({ word: 'papers.span', values: { ...window } }, language)
  return [
    ...(named ? [line('edition', say({ word: 'papers.editionOf', values: named }, language))] : []),
    line('window', span),
    ...(data.round ? [line('round', data.round.number)] : []),
    line('denominator', data.denominator, 'number'),
    line(
      'excluded',
      out.join(say({ word: 'notices.list.join' }, language)) || say({ word: 'papers.none' }, language),
    ),
    line('unmeasured', data.unmeasured, 'number'),
    line('madeAt', data.madeAt, 'time'),
    line('hash', hash),
    line('address', address),
  ]
}

function sectionOf(
  data: DocumentData,
  { key, figures, tables, chart, pictures = [] }: DocumentData['sections'][number],
  at: number,
  language: Language,
): PaperSection {
  const heading = nameOfSection(data, key, language)
  const drawn = chart === null ? undefined : data.tables[chart]
  const lines = figures.flatMap((name) => {
    const figure = data.figures[name]
    if (!figure) return []
    const { type, value } = figure
    return [
      {
        key: name,
        label: wordOf('figure', name, language, waitsIn(data)),
        type,
        value: inWords(data, value, type, language),
      },
    ]
  })
  return {
    ...{ key, heading: `${wordOf('ordinal', String(at + 1), language)}${heading}` },
    text: lines
      .map(({ label, value, type }) =>
        say({ word: 'papers.said', values: { label, value: written(value, type, language) } }, language),
      )
      .join(say({ word: 'notices.title.join' }, language)),
    figures: lines,
    tables: tables.flatMap((name) => {
      const table = data.tables[name]
      return table ? [tableOf(data, name, table, language)] : []
    }),
    chart: drawn && chart !== null ? barsOf(data, chart, drawn, language) : null,
    pictures: pictures.map((one) => ({ ...one, caption: captionOf(one, language) })),
  }
}

/** Signs of a hash that are enough to find it again. */
const SHORT_HASH = 16

const captionOf = ({ of, at, url, hash }: ShownPicture, language: Language): string =>
  say(
    {
      word: 'papers.pictureOf',
      values: { of, url, time: written(at, 'time', language), hash: hash.slice(0, SHORT_HASH) },
    },
    language,
  )

/** Sections of the rules are called as their table has them. */
function nameOfSection(data: DocumentData, key: string, language: Language): string {
  const own = key.startsWith(OF_RULES) ? data.rules[key.slice(OF_RULES.length)] : undefined
  return own?.[language] ?? wordOf('section', key, language)
}
const OF_RULES = 'rules.'
const OF_LINES = 'lines.'

/** A table in words. @param rows those of another piece of it */
export function tableOf(
  data: DocumentData,
  key: string,
  table: Table,
  language: Language,
  rows: Table['rows'] = table.rows,
): PaperTable {
  return {
    ...{
      key,
      caption: wordOf('table', key.startsWith(OF_LINES) ? 'lines' : key, language),
      total: table.total,
    },
    columns: table.columns.map((one) => ({ ...one, label: wordOf('column', one.key, language) })),
    rows: rows.map((row) =>
      row.map((value, at) => inWords(data, value, table.columns[at]?.type ?? 'text', language)),
    ),
  }
}
