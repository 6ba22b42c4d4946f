import { sql } from 'kysely'
import type { FieldValues } from '../../../../shared/register/ledger/ledger-rules.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import { fieldsOf } from '../../own-fields/queries.ts'
import { BadCell } from '../file/fields.ts'
import { type BadRegisterRow, badRow } from '../file/parse.ts'
import type { Comparison } from './compare.ts'
import type { PlacedRow } from './place.ts'

type Compared = Pick<Comparison, 'rows' | 'recoded' | 'reopened'>

/**
 * Fields of one's own that have to be said, where a file leaves them empty: wrong of a new site, and of one that says
 * something now. One that never said it goes on without: a register is loaded that was written before it was asked for.
 * @param isAllNew nothing that the register holds goes on
 */
export async function requireSaid(
  db: Db | Tx,
  { rows, recoded, reopened }: Compared,
  isAllNew: boolean,
): Promise<Compared & { readonly bad: readonly BadRegisterRow[] }> {
  const required = (await fieldsOf(db)).own.filter((field) => field.required && !field.retired)
  const emptied = ({ profile }: PlacedRow) =>
    required.flatMap(({ key }) => (profile?.[key] === null ? [key] : []))
  const lacking = required.length > 0 ? rows.filter((row) => emptied(row).length > 0) : []
  if (lacking.length === 0) return { rows, recoded, reopened, bad: [] }
  const codeOf = new Map(recoded.map(({ from, to }) => [to, from]))
  const was = ({ code }: PlacedRow) => codeOf.get(code) ?? code
  const known = isAllNew ? new Map<string, FieldValues>() : await profiles(db, lacking.map(was))
  const bad: BadRegisterRow[] = []
  const isWrong = new Set<string>()
  const kept = rows.flatMap((row): PlacedRow[] => {
    const keys = emptied(row)
    if (keys.length === 0) return [row]
    const before = known.get(was(row))
    const wrong = before ? keys.find((key) => (before[key] ?? null) !== null) : keys[0]
    if (wrong === undefined) return [without(row, keys)]
    bad.push(badRow(row, new BadCell(wrong, 'imports.cellEmpty')))
    isWrong.add(row.code)
    return []
  })
  return {
    rows: kept,
    recoded: recoded.filter(({ to }) => !isWrong.has(to)),
    reopened: reopened.filter(({ code }) => !isWrong.has(code)),
    bad,
  }
}

function without(row: PlacedRow, keys: readonly string[]): PlacedRow {
  const said = Object.entries(row.profile ?? {}).filter(([key]) => !keys.includes(key))
  return { ...row, profile: Object.fromEntries(said) }
}

async function profiles(db: Db | Tx, codes: readonly string[]): Promise<Map<string, FieldValues>> {
  const rows = await db
    .selectFrom('site')
    .select(['code', 'profile'])
    .where(sql<boolean>`code = any(${[...codes]}::text[])`)
    .execute()
  return new Map(rows.map(({ code, profile }) => [code, profile]))
}
