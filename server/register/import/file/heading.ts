import type { FieldSet } from '../../../../shared/register/ledger/ledger-rules.ts'
import type { RawRow } from '../../../base/sheet/split.ts'
import type { ReasonWithValues } from '../../../base/words/refusals.ts'
import { type Header, knowsColumn, REQUIRED, readHeader, requiredIn } from './columns.ts'

/** Where the columns of a sheet stand, and the rows below. */
export interface Heading extends Exclude<Header, ReasonWithValues> {
  /** What stands above each column, as it was understood. */
  readonly names: readonly string[]
  readonly width: number
  readonly rows: readonly RawRow[]
}

interface NoHeading extends ReasonWithValues {
  readonly line: number
  /** It has some of the columns that no register is without: somebody meant it for one. */
  readonly isNearly: boolean
}

/** So many of the columns that no register is without make a row nearly a heading. */
const NEARLY = 2

/** A title and a remark or two may stand above the header. */
const HEADER_WITHIN = 10

/**
 * Finds the header of a sheet. It may have two rows, with cells that are merged over several columns or over both rows:
 * 负责人 over 姓名 and 办公电话 is 负责人姓名 and 负责人办公电话.
 * @returns why there is none, with the line; of the row that is nearly one, if there is such
 */
export function findHeading(rows: readonly RawRow[], known: FieldSet): Heading | NoHeading {
  const near = rows.slice(0, HEADER_WITHIN)
  const at = near.findIndex(({ record }) => 'places' in readHeader(record, known))
  const nearly = near.find(({ record }) => requiredIn(record, known) >= NEARLY)
  const head = rows[at] ?? nearly ?? rows[0]
  const header = readHeader(head?.record ?? [], known)
  if (!head || 'reason' in header) {
    const { reason, values } = header as ReasonWithValues
    return { reason, values, line: head?.line ?? 1, isNearly: nearly !== undefined }
  }
  const plain = { ...header, names: head.record, width: head.record.length, rows: rows.slice(at + 1) }
  const above = rows[at - 1]
  const below = rows[at + 1]
  const isBelow =
    below !== undefined && REQUIRED.every((column) => !below.record[header.places.get(column) ?? -1])
  const two =
    (isBelow && joined(head.record, below.record, rows.slice(at + 2), known)) ||
    (above && joined(above.record, head.record, rows.slice(at + 1), known))
  return two && countOf(two) > countOf(plain) ? two : plain
}

const countOf = ({ places, profile }: Heading): number => places.size + profile.size

/** Two rows as one; null where that makes none. */
function joined(
  top: readonly string[],
  sub: readonly string[],
  rows: readonly RawRow[],
  known: FieldSet,
): Heading | null {
  let group = ''
  const width = Math.max(top.length, sub.length)
  const names = Array.from({ length: width }, (_, n) => {
    const own = sub[n] ?? ''
    group = top[n] || group
    if (own === '') return top[n] ?? ''
    return knowsColumn(group + own, known) || !knowsColumn(own, known) ? group + own : own
  })
  const header = readHeader(names, known)
  return 'reason' in header ? null : { ...header, names, width, rows }
}
