import { cut } from '../../../shared/base/text.ts'
import { LANGUAGES } from '../../../shared/base/words/locales.ts'
import { newWrongWord } from '../../../shared/monitor/wrong-words/wrong-words.ts'
import {
  MOST_WORDS,
  severalIn,
  WORD_KINDS,
  type WordKind,
} from '../../../shared/monitor/wrong-words/wrong-words-rules.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Steps } from '../../base/slices.ts'
import type { ReasonWithValues } from '../../base/words/refusals.ts'
import { say } from '../../base/words/say.ts'
import type { SheetLine } from '../../people/accounts/import-sheet.ts'
import { faultOf } from './check.ts'
import type { WordRow } from './queries.ts'
import './refusals.ts'

/** The columns of a sheet of words, by what its header may call them. */
const COLUMNS = {
  wrong: ['错误写法', '错误表述', '错误词', '错敏词', '错词', '错误', 'wrong', 'wrongform'],
  right: [
    '正确写法',
    '正确表述',
    '正确词',
    '建议写法',
    '建议修改',
    '正词',
    '正确',
    'right',
    'rightform',
    'correct',
  ],
  kind: ['类别', '类型', '分类', 'kind', 'category'],
  near: ['附近须有', '须有', '上下文', '附近必须有', 'near', 'mustbenear'],
  apart: ['附近不得有', '不得有', '排除', '排除语境', 'apart', 'mustnotbenear'],
  note: ['说明', '备注', '依据', 'note', 'remark'],
} as const
type Column = keyof typeof COLUMNS
const entries = Object.entries(COLUMNS) as [Column, readonly string[]][]
const HEADER_WITHIN = 10
const MOST_IGNORED = 20
const MOST_SHOWN = 80

/** A row that is not taken. */
export interface WrongRow {
  readonly line: number
  readonly cells: readonly string[]
  readonly reason: ReasonWithValues
}

export interface ReadWords {
  readonly rows: readonly WordRow[]
  readonly wrongRows: readonly WrongRow[]
  readonly ignored: readonly string[]
}

/**
 * The words of a sheet, and the rows that are none, each with its reason.
 * @throws Refusal invalid (no header, no rows), too_large
 */
export function* readWords(lines: readonly SheetLine[]): Steps<ReadWords> {
  const at = lines.slice(0, HEADER_WITHIN).findIndex(({ cells }) => isHeader(placesIn(cells)))
  const header = lines[at]
  if (!header) throw new Refusal('invalid', 'wrongWords.noHeader')
  const body = lines.slice(at + 1)
  if (body.length === 0) throw new Refusal('invalid', 'wrongWords.noRows')
  if (body.length > MOST_WORDS)
    throw new Refusal('too_large', 'wrongWords.tooMany', { values: { most: MOST_WORDS } })
  const places = placesIn(header.cells)
  const stood = new Map<string, number>()
  const rows: WordRow[] = []
  const wrongRows: WrongRow[] = []
  for (const { line, cells } of body) {
    const of = (column: Column) => cells[places.get(column) ?? -1]?.trim() ?? ''
    const read = rowOf(of, stood)
    if ('reason' in read)
      wrongRows.push({ line, cells: cells.map((cell) => cut(cell, MOST_SHOWN)), reason: read })
    else {
      stood.set(read.wrong, line)
      rows.push(read)
    }
    yield
  }
  const taken = new Set(places.values())
  const ignored = header.cells.filter((name, place) => name.trim() !== '' && !taken.has(place))
  return { rows, wrongRows, ignored: ignored.slice(0, MOST_IGNORED).map((name) => cut(name, MOST_SHOWN)) }
}

function placesIn(cells: readonly string[]): Map<Column, number> {
  const plain = cells.map((cell) =>
    cell
      .slice(0, 100)
      .toLowerCase()
      .replace(/[^\p{L}]/gu, ''),
  )
  return new Map(
    entries.flatMap(([column, names]) => {
      const place = plain.findIndex((cell) => names.includes(cell))
      return place < 0 ? [] : [[column, place] as const]
    }),
  )
}

const isHeader = (places: ReadonlyMap<Column, number>) => places.has('wrong') && places.has('right')

function rowOf(
  of: (column: Column) => string,
  stood: ReadonlyMap<string, number>,
): WordRow | ReasonWithValues {
  const kind = kindOf(of('kind'))
  if (kind === null) return { reason: 'wrongWords.noSuchKind', values: { kind: cut(of('kind'), MOST_SHOWN) } }
  const given = {
    ...{ kind, wrong: of('wrong'), right: of('right'), note: of('note') },
    ...{ near: severalIn(of('near')), apart: severalIn(of('apart')) },
  }
  const checked = newWrongWord.safeParse(given)
  if (!checked.success) {
    const column = String(checked.error.issues[0]?.path[0] ?? 'wrong') as Column
    return {
      reason: 'wrongWords.cellIsWrong',
      values: { column: { word: `notices.wrongWordColumn.${column}` } },
    }
  }
  const fault = faultOf(checked.data)
  if (fault) return { reason: fault.reason, values: fault.values }
  const line = stood.get(checked.data.wrong)
  if (line !== undefined) return { reason: 'wrongWords.standsInLine', values: { line } }
  return checked.data
}

/** Nothing said is a misprint like any other; null: no kind is called so. */
function kindOf(name: string): WordKind | null {
  if (name === '') return 'other'
  const wanted = name.toLowerCase()
  return (
    WORD_KINDS.find(
      (kind) =>
        kind === wanted ||
        LANGUAGES.some(
          (language) => say({ word: `notices.wrongWordKind.${kind}` }, language).toLowerCase() === wanted,
        ),
    ) ?? null
  )
}
