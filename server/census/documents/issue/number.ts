import { sql } from 'kysely'
import type { DocumentSeries } from '../../../../shared/census/documents/documents-rules.ts'
import type { Tx } from '../../../base/db/database.ts'
import { languageFor } from '../../../base/words/offered.ts'
import { say } from '../../../base/words/say.ts'
import '../refusals.ts'
import '../tables.ts'

/**
 * The next number of a series in a year. The counter's row stays locked until the commit, so that no number is left
 * out by who does not come to the end, and none is given twice; call it as late
 * as what needs the number allows (docs/decisions/gapless-numbers.md).
 */
export async function nextSerial(tx: Tx, series: DocumentSeries, year: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into document_counter (series, year, last) values (${series}, ${year}, 1)
    on conflict (series, year) do update set last = document_counter.last + 1 returning last
  `.execute(tx)
  return rows[0]?.last ?? 1
}

/** As offices write it, without leading zeros; null of what was not issued. */
export function numberOf({
  series,
  year,
  serial,
}: {
  readonly series: DocumentSeries | null
  readonly year: number | null
  readonly serial: number | null
}): string | null {
  if (series === null || year === null || serial === null) return null
  return say({ word: `papers.number.${series}`, values: { year, serial } }, languageFor())
}
