import readXlsx from 'read-excel-file/node'
import { MOST_COLUMNS, MOST_IN_ROW, MOST_IN_SHEET, MOST_ROWS } from './limits.ts'

/*
 * Reads one workbook in a process of its own (`workbook.ts`): a second of work without a pause, in memory that goes
 * with it. Its rows are handed over as many at a time as are asked for, once it is known that they are not too much: what
 * is one text here, for a thousand cells, is a thousand there.
 */

/** First the workbook itself; then what is wanted of its rows. */
export type ReaderAsked = { readonly bytes: Uint8Array } | { readonly from: number; readonly count: number }

/** A row that has something in it, as far as it has; the first line is 1. */
export interface SheetRow {
  readonly line: number
  readonly record: readonly unknown[]
  /** The name of its sheet, of a workbook that has several. */
  readonly sheet?: string
}

export type RowsTold =
  | { readonly rows: readonly SheetRow[]; readonly isLast: boolean }
  | { readonly isBroken: true }
  | { readonly tooMany: 'rows' }
  | { readonly tooMany: 'columns' | 'characters'; readonly line: number; readonly n: number }

type Read = { readonly rows: readonly SheetRow[] } | Exclude<RowsTold, { rows: unknown }>

let read: Promise<Read> = Promise.resolve({ isBroken: true })

process.on('message', async (asked: ReaderAsked) => {
  if ('bytes' in asked) {
    read = readXlsx(Buffer.from(asked.bytes)).then(
      (sheets) => rowsIn(sheets),
      () => ({ isBroken: true }),
    )
    return
  }
  const found = await read
  const to = asked.from + asked.count
  const told: RowsTold =
    'rows' in found ? { rows: found.rows.slice(asked.from, to), isLast: to >= found.rows.length } : found
  process.send?.(told)
})

interface Sheet {
  readonly sheet: string
  readonly data: readonly (readonly unknown[])[]
}

/** Every row comes as wide as the widest, and every line down to the last. */
function rowsIn(sheets: readonly Sheet[]): Read {
  const rows: SheetRow[] = []
  const told = { all: 0 }
  for (const { sheet, data } of sheets) {
    const of = sheets.length > 1 ? { sheet } : {}
    const fault = addRows(rows, data, of, told)
    if (fault) return fault
  }
  return { rows }
}

type TooMuch = Exclude<Read, { rows: unknown }>

function addRows(
  rows: SheetRow[],
  data: Sheet['data'],
  of: { readonly sheet?: string },
  told: { all: number },
): TooMuch | null {
  for (const [at, cells] of data.entries()) {
    const n = cells.findLastIndex((cell) => cell !== null) + 1
    if (n === 0) continue
    const line = at + 1
    const record = cells.slice(0, n)
    const characters = record.reduce<number>((sum, cell) => sum + String(cell ?? '').length, 0)
    told.all += characters
    if (n > MOST_COLUMNS) return { tooMany: 'columns', line, n }
    if (characters > MOST_IN_ROW || told.all > MOST_IN_SHEET)
      return { tooMany: 'characters', line, n: characters }
    rows.push({ line, record, ...of })
    if (rows.length > MOST_ROWS) return { tooMany: 'rows' }
  }
  return null
}

// Nobody waits for it any more.
process.once('disconnect', () => process.exit())
