import readXlsx from 'read-excel-file/node'

/*
 * Reads one workbook in a process of its own (`workbook.ts`): a second of work without a pause, in memory that goes
 * with it. Its rows are handed over as many at a time as are asked for.
 */

/** First the workbook itself; then what is wanted of its rows. */
export type ReaderAsked = { readonly bytes: Uint8Array } | { readonly from: number; readonly count: number }

export type RowsTold =
  | { readonly rows: readonly (readonly unknown[])[]; readonly isLast: boolean }
  | { readonly isBroken: true }

let sheet: Promise<readonly (readonly unknown[])[] | null> = Promise.resolve(null)

process.on('message', async (asked: ReaderAsked) => {
  if ('bytes' in asked) {
    sheet = readXlsx(Buffer.from(asked.bytes)).then(
      ([first]) => first?.data ?? [],
      () => null,
    )
    return
  }
  const rows = await sheet
  const to = asked.from + asked.count
  const told: RowsTold = rows
    ? { rows: rows.slice(asked.from, to), isLast: to >= rows.length }
    : { isBroken: true }
  process.send?.(told)
})
// Nobody waits for it any more.
process.once('disconnect', () => process.exit())
