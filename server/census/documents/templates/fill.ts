import type { Language } from '../../../../shared/base/words/language.ts'
import type { Paper, PaperSection, PaperTable } from '../../../../shared/census/documents/paper.ts'
import { say } from '../../../base/words/say.ts'
import { wordOf } from '../paper/codes.ts'
import { written } from '../paper/written.ts'
import { tableXml } from './word-xml.ts'

/** What stands for the tags of a template. */
export type Filling = Record<string, unknown>

/** Blanks of the receipt of a notice. */
const RECEIPT = ['unit', 'person', 'day'] as const

/**
 * A document as what its template is filled with: what every one has, each figure by its key, each table by its key as
 * rows of its columns, and the chapters in order for a template that takes them as they come.
 * @param picture the drawing of a chapter's chart, as XML
 * @param photos the pictures of pages that a chapter shows below its tables, as XML
 */
export function fillingOf(
  paper: Paper,
  language: Language,
  picture: (section: PaperSection) => string,
  photos: (section: PaperSection) => string,
): Filling {
  const { sections, basis, requirements, due, note } = paper
  const text = (word: Parameters<typeof say>[0]['word'], values = {}) => say({ word, values }, language)
  const rowsOf = (table: PaperTable) =>
    table.rows.map((row) =>
      row.map((value, at) => written(value, table.columns[at]?.type ?? 'text', language)),
    )
  const rows = new Map(
    sections.flatMap(({ tables }) => tables.map((table) => [table.key, rowsOf(table)] as const)),
  )
  const figures = sections.flatMap((one) =>
    one.figures.map(({ key, value, type }) => [key, written(value, type, language)] as const),
  )
  const tables = sections.flatMap((one) =>
    one.tables.map((table) => {
      const named = (rows.get(table.key) ?? []).map((row) =>
        Object.fromEntries(table.columns.map(({ key }, at) => [key, row[at] ?? ''])),
      )
      return [table.key, named] as const
    }),
  )
  return {
    ...Object.fromEntries(tables),
    ...Object.fromEntries(figures),
    ...{
      title: paper.title,
      office: paper.office,
      number: paper.number,
      date: paper.date,
      signed: paper.signed,
    },
    note: note ? [note] : [],
    hasRequirements: requirements !== '' || due !== '',
    requirementsHeading: paper.requirementsHeading,
    requirements: requirements.split('\n').filter(Boolean),
    due: due ? [text('papers.due', { due })] : [],
    basisHeading: text('papers.basisHeading'),
    basis: basis.map(({ label, value, type }) => ({ label, value: written(value, type, language) })),
    receiptTitle: text('papers.receiptTitle'),
    receipt: RECEIPT.map((key) => wordOf('receipt', key, language)),
    sections: sections.map((one) => ({
      ...{ heading: one.heading, text: one.text, hasText: one.text !== '', picture: picture(one) },
      tables: one.tables.map((table, at) => ({
        caption: table.total === 0 ? text('papers.empty', { caption: table.caption }) : table.caption,
        table: tableXml(table, rows.get(table.key) ?? []) + (at === one.tables.length - 1 ? photos(one) : ''),
        rest:
          table.total > table.rows.length
            ? [text('papers.more', { n: table.total - table.rows.length })]
            : [],
      })),
    })),
  }
}

type Known = { readonly [tag: string]: Known | true }

/** The tags that every document has; figures and tables are besides, by their keys. */
const TAGS: Known = {
  ...{ title: true, office: true, number: true, date: true, signed: true, note: {}, hasRequirements: {} },
  ...{
    requirementsHeading: true,
    requirements: {},
    due: {},
    basisHeading: true,
    receiptTitle: true,
    receipt: {},
  },
  basis: { label: true, value: true },
  sections: {
    ...{ heading: true, text: true, hasText: {}, picture: true },
    tables: { caption: true, table: true, rest: {} },
  },
}

/** The tree of tags that docxtemplater has found in a template. */
export interface Tags {
  readonly [tag: string]: Tags
}

/** Every tag with those in whose loop it stands, and of them those that no document knows. */
export function strangersIn(
  tags: Tags,
  isWord: (word: string) => boolean,
): { all: string[]; strange: string[] } {
  const all: string[] = []
  const strange: string[] = []
  const walk = (some: Tags, path: readonly string[], scopes: readonly Known[], isTable: boolean) => {
    for (const [tag, inner] of Object.entries(some)) {
      const name = [...path, tag].join('/')
      all.push(name)
      const known = scopes.map((scope) => scope[tag]).find((one) => one !== undefined)
      const isRows = isWord(`papers.table.${tag}`)
      const isKnown =
        tag === '.' ||
        known !== undefined ||
        isRows ||
        isWord(`papers.figure.${tag}`) ||
        (isTable && isWord(`papers.column.${tag}`))
      if (!isKnown) strange.push(name)
      walk(inner, [...path, tag], known && known !== true ? [...scopes, known] : scopes, isTable || isRows)
    }
  }
  walk(tags, [], [TAGS], false)
  return { all, strange }
}
