import type {
  Asked,
  Column,
  DocumentData,
  Section,
  ShownPicture,
  Value,
} from '../../../../shared/census/documents/documents.ts'
import type { ValueType } from '../../../../shared/census/documents/documents-rules.ts'
import type { Round } from '../../../../shared/census/rounds/rounds.ts'
import type { Principal } from '../../../../shared/people/rights/rights.ts'
import type { EditionBody } from '../../../../shared/register/rule-editions/editions.ts'
import type { Context } from '../../../base/context.ts'
import type { Db } from '../../../base/db/database.ts'

/** What documents are made from: the services of the screens, read as whoever asks. */
export interface Making {
  readonly ctx: Context
  readonly db: Db
  readonly user: Principal
  readonly asked: Asked
  /** The round that it is of, if it is of one. */
  readonly round: Round | null
}

/** What a kind of document says, before it is told what codes are called. */
export interface Made {
  readonly window: DocumentData['window']
  readonly edition: EditionBody | null
  readonly denominator: number
  readonly excluded: DocumentData['excluded']
  readonly unmeasured: number
  readonly parts: Parts
}

type Figures = DocumentData['figures']

/** Chapters with their figures and tables, in the order in which they are added. */
export class Parts {
  readonly figures: Figures = {}
  readonly tables: DocumentData['tables'] = {}
  readonly sections: Section[] = []

  /** Begins a chapter; what is added from now on stands in it. */
  section(key: string): this {
    this.sections.push({ key, figures: [], tables: [], chart: null })
    return this
  }

  figure(key: string, value: Value, type: ValueType = 'number'): this {
    this.figures[key] = { type, value }
    this.#last().figures.push(key)
    return this
  }

  /** Several numbers that stand as they are. */
  count(numbers: Readonly<Record<string, number | null>>): this {
    for (const [key, n] of Object.entries(numbers)) this.figure(key, n)
    return this
  }

  /** @param isDrawn the chapter has a chart of it */
  table(key: string, columns: readonly Column[], rows: Value[][], isDrawn = false): this {
    this.tables[key] = { columns: [...columns], rows, total: rows.length }
    const last = this.#last()
    last.tables.push(key)
    if (isDrawn && rows.length > 0) last.chart = key
    return this
  }

  pictures(shown: readonly ShownPicture[]): this {
    if (shown.length > 0) this.#last().pictures = [...shown]
    return this
  }

  #last(): Section {
    const last = this.sections.at(-1)
    if (!last) throw new Error('nothing stands before the first chapter')
    return last
  }
}

/** A share from 0 to 1; null of nothing. */
export const shareOf = (n: number, all: number): number | null => (all === 0 ? null : n / all)

export const col = (key: string, type: ValueType = 'text'): Column => ({ key, type })
export const numbers = (...keys: readonly string[]): Column[] => keys.map((key) => col(key, 'number'))
