import { OWN_GROUPS } from '../../../shared/register/divisions/divisions-rules.ts'
import type { Level } from '../../../shared/register/sites/sites.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { inSlices } from '../../base/slices.ts'
import { findArea } from '../divisions/area.ts'
import { treeOf } from '../divisions/queries.ts'
import { ownGroupDivision } from '../divisions/tree.ts'
import { readLevel, readUrl } from '../import/file/fields.ts'
import { placeRegister, type RegisterRow } from '../import/plan/place.ts'
import './refusals.ts'

/** A site as somebody writes it into a form; '' where the register is to find out. */
export interface Written {
  readonly code: string
  readonly name: string
  readonly url: string
  readonly unit: string
  readonly platform: string | null
  readonly intervalS: number | null
  /** A division, by code or name. */
  readonly place: string
  readonly level: Level | ''
}

/**
 * Where a site belongs, as an import finds it.
 * @throws Refusal invalid, with the field; conflict while nobody knows whose register it is
 */
export async function placeSite(tx: Tx, written: Written): Promise<RegisterRow> {
  const area = await findArea(tx)
  const tree = await treeOf(tx, area?.code ?? null)
  const of = area && tree.get(area.code)
  if (!of) throw new Refusal('conflict', 'ledger.noPlaceYet')
  for (const group of OWN_GROUPS) tree.add(ownGroupDivision(of, group))
  const groups = new Set((await tx.selectFrom('district').select('code').execute()).map(({ code }) => code))
  const { level, ...rest } = written
  const row = { ...rest, line: 1, levelCell: level, level: readLevel(level), isPortal: null, lacks: [] }
  const { rows, bad, questions } = await inSlices(placeRegister([row], { tree, area: of.code, groups }, {}))
  const [wrong] = bad
  if (wrong) throw refusalAt(wrong.column ?? 'district', wrong)
  const [asked] = questions
  if (asked?.kind === 'outside') {
    throw refusalAt('district', { reason: 'ledger.notInArea', values: { place: asked.place.name } })
  }
  if (asked?.kind === 'unknownCode') {
    throw refusalAt('code', { reason: 'ledger.unknownCode', values: { code: asked.code } })
  }
  const [placed] = rows
  if (!placed)
    throw refusalAt('district', { reason: 'ledger.unknownPlace', values: { place: written.place } })
  const { line: _, ...site } = placed
  return site
}

/** The address as the program keeps it. */
export const addressOf = (url: string): string => readUrl(url)

function refusalAt(path: string, { reason, values }: Pick<Refusal, 'reason' | 'values'>): Refusal {
  return new Refusal('invalid', reason, { values, issues: [{ path: `body.${path}`, reason, values }] })
}
