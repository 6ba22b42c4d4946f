import { sql } from 'kysely'
import { CSV_MARK, csvLine } from '../../../shared/base/csv.ts'
import type { Language } from '../../../shared/base/words/locales.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { RegisterFilter } from '../../../shared/register/ledger/ledger.ts'
import {
  ANSWERS,
  type FieldSet,
  type FieldValue,
  type LedgerField,
} from '../../../shared/register/ledger/ledger-rules.ts'
import type { Level } from '../../../shared/register/sites/sites.ts'
import { WRONG_STATES } from '../../../shared/register/sites/states.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { type WorkbookCell, writeWorkbook } from '../../base/sheet/write-workbook.ts'
import { inSlices } from '../../base/slices.ts'
import { findArea } from '../divisions/area.ts'
import { treeOf } from '../divisions/queries.ts'
import type { DivisionTree } from '../divisions/tree.ts'
import { levelName } from '../import/file/fields.ts'
import { fieldsOf } from '../own-fields/queries.ts'
import { matches } from '../sites/queries.ts'
import { type RecordRow, recordRows, valuesOf } from './queries.ts'

/** Rows of one query and one piece of the file. */
const BATCH = 500

/** The columns that somebody is given: those that they may read. A file without a column empties nothing of it. */
function columnsFor(user: Principal, known: FieldSet): readonly LedgerField[] {
  const isShown = ({ shownTo }: LedgerField) =>
    shownTo === undefined || may(user, shownTo === 'contacts' ? 'contact.read' : 'register.edit')
  return known.all.filter((field) => !field.retired && isShown(field))
}

/**
 * The register, or what a filter leaves of it, by pieces of a file that an import takes as it is: without the sites that
 * were merged, whose codes an import refuses.
 */
export async function* exportRegister(
  { db }: Pick<Context, 'db'>,
  user: Principal,
  filter: RegisterFilter,
  { format, language }: { readonly format: 'csv' | 'xlsx'; readonly language: Language },
): AsyncGenerator<string | Uint8Array> {
  const columns = columnsFor(user, await fieldsOf(db))
  const area = await findArea(db)
  const tree = await treeOf(db, area?.code ?? null)
  await inSlices(tree.withNames())
  const words = { language, placeOf: placeIn(tree, area?.code ?? '') }
  const heading = columns.map(({ label }) => label[language])
  const cells = (row: RecordRow) => {
    const values = valuesOf(row)
    return columns.map((field) => cellOf(field, values[field.key] ?? null, words))
  }
  if (format === 'csv') {
    yield CSV_MARK + csvLine(heading)
    for await (const rows of everyRecord(db, user, filter))
      yield rows.map((row) => csvLine(cells(row))).join('')
    return
  }
  const workbook = writeWorkbook(heading)
  for await (const rows of everyRecord(db, user, filter)) yield* workbook.rows(rows.map(cells))
  yield* workbook.end()
}

async function* everyRecord(
  db: Db,
  user: Principal,
  { state, ...filter }: RegisterFilter,
): AsyncGenerator<readonly RecordRow[]> {
  const isWrong = sql<boolean>`current.state = any(${[...WRONG_STATES]}::text[])`
  const { where } = await matches(db, user.scope, { ...filter, state: state === 'wrong' ? undefined : state })
  for (let after = 0; ; ) {
    const rows = await recordRows(db)
      .innerJoin('site_state as current', 'current.site_id', 'site.id')
      .where(where)
      .where('site.merged_into', 'is', null)
      .where(state === 'wrong' ? isWrong : sql<boolean>`true`)
      .where('site.id', '>', after)
      .orderBy('site.id')
      .limit(BATCH)
      .execute()
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return
    after = last.id
  }
}

/** A division by its name where an import finds it again by that, else by its code. */
function placeIn(tree: DivisionTree, area: string): (code: string) => string {
  const known = new Map<string, string>()
  return (code) => {
    const before = known.get(code)
    if (before !== undefined) return before
    const name = tree.get(code)?.name ?? code
    const place = tree.named(name, area)?.code === code ? name : code
    known.set(code, place)
    return place
  }
}

interface Words {
  readonly language: Language
  readonly placeOf: (code: string) => string
}

function cellOf(field: LedgerField, value: FieldValue, { language, placeOf }: Words): WorkbookCell {
  if (value === null || typeof value === 'number') return value
  if (typeof value === 'boolean') return ANSWERS[language][Number(value)] ?? null
  if (typeof value !== 'string') return value.join('; ')
  if (field.type === 'place') return placeOf(value)
  if (field.type === 'level') return language === 'zh' ? levelName(value as Level) : value
  return field.choices?.find((one) => one.value === value)?.label[language] ?? value
}
