import { type FieldSet, NATIONAL } from '../../../../shared/register/ledger/ledger-rules.ts'
import type { ReasonWithValues } from '../../../base/words/refusals.ts'
import {
  columnLabel,
  isRegisterColumn,
  named,
  nationalColumn,
  plain,
  type RegisterColumn,
} from '../../sites/column-names.ts'

/** What no register is without. */
export const REQUIRED = ['code', 'name', 'url', 'unit'] as const

export type Header =
  | {
      readonly places: Map<RegisterColumn, number>
      /** Where the fields of the profile stand that the file has. */
      readonly profile: Map<string, number>
    }
  | ReasonWithValues

/** No column is called by so much. */
const MOST_HEADER = 100

const finderOf = (own: FieldSet['own']) => {
  const ownOf = new Map(named(own.filter(({ retired }) => !retired)))
  return (name: string) => nationalColumn(name) ?? ownOf.get(name)
}

/** Whether a column is called that. */
export const knowsColumn = (cell: string, { own }: FieldSet): boolean =>
  cell.length <= MOST_HEADER && finderOf(own)(plain(cell)) !== undefined

/** How many of the columns that no register is without a row names. */
export function requiredIn(cells: readonly string[], { own }: FieldSet): number {
  const find = finderOf(own)
  const named = new Set(cells.map((cell) => (cell.length <= MOST_HEADER ? find(plain(cell)) : undefined)))
  return REQUIRED.filter((column) => named.has(column)).length
}

/** Where each column stands. Names that we do not know are passed over: a register holds much more. */
export function readHeader(cells: readonly string[], { own }: FieldSet = NATIONAL): Header {
  const find = finderOf(own)
  const places = new Map<RegisterColumn, number>()
  const profile = new Map<string, number>()
  for (const [place, cell] of cells.entries()) {
    if (cell.length > MOST_HEADER) continue
    const column = find(plain(cell)) ?? find(plain(cell.replace(/[(\uff08].*[)\uff09]/, '')))
    if (!column) continue
    if (isRegisterColumn(column)) {
      if (places.has(column)) return { reason: 'imports.headerTwice', values: { cell } }
      places.set(column, place)
    } else if (!profile.has(column)) profile.set(column, place)
  }
  const missing = REQUIRED.filter((column) => !places.has(column))
  if (missing.length > 0) {
    return {
      reason: 'imports.headerLacks',
      values: { columns: missing.map((column) => columnLabel(column)).join(', ') },
    }
  }
  return { places, profile }
}
