import { sql } from 'kysely'
import { groupBy } from '../../../../shared/base/lists/group.ts'
import { covers, may, type Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { type Issue, Refusal } from '../../../base/refusal.ts'
import { readSheet } from '../../../people/accounts/import-sheet.ts'
import { recordAudit } from '../../../people/audit/record.ts'
import { insertLetters, lockLetters } from '../insert.ts'
import { type LetterUnit, type PreparedLetter, preparedLetter } from '../prepare.ts'
import { type Reckoning, reckoningIn } from '../terms.ts'
import { type LetterSheet, type LetterSheetRow, letterRowsOf, type WrongCell } from './rows.ts'

/** A workbook of 8 MB is not more than this when it is unpacked. */
const MOST_UNPACKED = 96 * 2 ** 20
/** Wrong rows that are told. */
const MOST_TOLD = 200

export interface LettersImported {
  readonly counts: { readonly new: number; readonly same: number; readonly wrong: number }
  readonly rows: readonly {
    readonly line: number
    readonly title: string
    readonly errors: readonly WrongCell[]
  }[]
  readonly ignored: readonly string[]
  readonly unpublished: number
  readonly applied: boolean
}

/**
 * Records the letters of a sheet: all of them or, with one row that is wrong, none. What is recorded already counts as the
 * same and is left, so that a sheet can be sent again. Whoever may publish none records unpublished what is public by the sheet,
 * and is told how many these are.
 * @throws Refusal invalid (no sheet of letters), too_large
 */
export async function importLetters(
  ctx: Context,
  user: Principal,
  bytes: Buffer,
  isDry: boolean,
): Promise<LettersImported> {
  const { rows, ignored, labelOf } = letterRowsOf(await readSheet(bytes, MOST_UNPACKED))
  return ctx.db.transaction().execute(async (tx) => {
    await lockLetters(tx)
    const by = await reckoningIn(tx, ctx.clock.now())
    const units = await unitsNamed(tx, rows)
    const read = rows.map((row) => readRow(row, user, by, units, labelOf))
    const fresh = await freshOf(
      tx,
      read.flatMap(({ prepared }) => prepared ?? []),
    )
    const held = new Set(read.map(({ prepared, isHeld }) => (isHeld ? prepared : null)))
    const wrong = read.filter(({ errors }) => errors.length > 0)
    const isApplied = !isDry && wrong.length === 0
    if (isApplied && fresh.length > 0) {
      await insertLetters(tx, fresh)
      const at = new Date(ctx.clock.now())
      const detail = { letters: fresh.length }
      await recordAudit(tx, {
        at,
        actor: user,
        action: 'letter.imported',
        entity: 'letter',
        entityId: null,
        detail,
      })
    }
    return {
      counts: { new: fresh.length, same: rows.length - wrong.length - fresh.length, wrong: wrong.length },
      rows: wrong.slice(0, MOST_TOLD).map(({ line, title, errors }) => ({ line, title, errors })),
      ignored,
      unpublished: fresh.filter((one) => held.has(one)).length,
      applied: isApplied,
    }
  })
}

interface ReadLetter {
  readonly line: number
  readonly title: string
  readonly prepared: PreparedLetter | null
  /** It is to be public by the sheet, and is not, as whoever sends it may publish none. */
  readonly isHeld: boolean
  readonly errors: readonly WrongCell[]
}

function readRow(
  row: LetterSheetRow,
  user: Principal,
  by: Reckoning,
  units: Units,
  labelOf: LetterSheet['labelOf'],
): ReadLetter {
  const { line, title, given } = row
  const wrong = (errors: readonly WrongCell[]): ReadLetter => ({
    ...{ line, title, prepared: null, isHeld: false, errors },
  })
  if (!given) return wrong(row.wrong)
  try {
    const unit = unitNamed(row, user, units)
    const isHeld = given.published && !may(user, 'letter.publish')
    const letter = isHeld ? { ...given, published: false } : given
    const prepared = preparedLetter(by, user, 'import', letter, unit)
    return { line, title, prepared, isHeld, errors: [] }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { reason, values, issues = [] } = error
    const cells = issues.flatMap((issue: Issue) =>
      'reason' in issue ? [{ column: labelOf(issue.path), reason: issue.reason, values: issue.values }] : [],
    )
    return wrong(cells.length > 0 ? cells : [{ column: labelOf('unitId'), reason, values }])
  }
}

type Units = ReadonlyMap<string, readonly (LetterUnit & { readonly districtName: string })[]>

async function unitsNamed(tx: Tx, rows: readonly LetterSheetRow[]): Promise<Units> {
  const names = [...new Set(rows.map(({ unit }) => unit))].filter((name) => name !== '' && name.length <= 200)
  if (names.length === 0) return new Map()
  const found = await tx
    .selectFrom('unit')
    .innerJoin('district', 'district.code', 'unit.district')
    .select(['unit.id', 'unit.name', 'unit.district', 'district.name as districtName'])
    .where('unit.name', '=', sql<string>`any(${names}::text[])`)
    .execute()
  return groupBy(found, ({ name }) => name)
}

/** @throws Refusal invalid */
function unitNamed(
  { unit: name, district }: LetterSheetRow,
  user: Principal,
  units: Units,
): LetterUnit | null {
  const wrong = (
    reason: 'letters.unitWanted' | 'letters.noSuchUnit' | 'letters.severalUnits' | 'letters.unitElsewhere',
  ) => new Refusal('invalid', reason, { values: { name } })
  if (name === '') {
    if (user.scope.kind === 'city') return null
    throw wrong('letters.unitWanted')
  }
  const called = units.get(name) ?? []
  const found =
    district === '' ? called : called.filter((one) => [one.district, one.districtName].includes(district))
  const [unit] = found
  if (!unit) throw wrong('letters.noSuchUnit')
  if (found.length > 1) throw wrong('letters.severalUnits')
  if (!covers(user.scope, { district: unit.district, unitId: unit.id })) throw wrong('letters.unitElsewhere')
  return unit
}

/** Those that are not recorded yet, each once. */
async function freshOf(tx: Tx, prepared: readonly PreparedLetter[]): Promise<PreparedLetter[]> {
  if (prepared.length === 0) return []
  const marks = prepared.map(({ letter }) => letter.mark)
  const references = prepared.flatMap(({ letter }) => letter.reference ?? [])
  const { rows } = await sql<{
    reference: string | null
    mark: string
    day: string
    kind: string
    person: string
  }>`
    select l.reference, l.mark, l.received_on as day, l.kind, coalesce(p.mark, '') as person
    from letter l left join letter_person p on p.letter_id = l.id
    where l.mark = any(${marks}::text[]) or l.reference = any(${references}::text[])`.execute(tx)
  const seen = new Set(
    rows.flatMap(({ reference, mark, day, kind, person }) => keysOf(reference, [mark, day, kind, person])),
  )
  return prepared.filter(({ letter, person }) => {
    const keys = keysOf(letter.reference ?? null, [
      letter.mark,
      letter.received_on,
      letter.kind,
      person?.mark ?? '',
    ])
    const isSeen = keys.some((key) => seen.has(key))
    for (const key of keys) seen.add(key)
    return !isSeen
  })
}

/** A number elsewhere tells letters apart; without one, words, day, kind and person do. */
const keysOf = (reference: string | null, words: readonly string[]): string[] =>
  reference === null ? [words.join('|')] : [`#${reference}`]
