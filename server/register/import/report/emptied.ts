import type { NamedPlace } from '../../../../shared/base/places.ts'
import type { EmptiedUnit } from '../../../../shared/register/import/imports.ts'
import type { Db } from '../../../base/db/database.ts'
import { inSlices, type Steps } from '../../../base/slices.ts'
import { placeNames } from '../../divisions/area.ts'
import { isGoingOn } from '../../sites/paused.ts'
import type { ImportPlan } from '../plan/plan.ts'

/**
 * Units that a plan leaves without sites because all of them go to others. What else hangs on such a unit stays with
 * it: people say whether it became one with the other. A unit whose sites are over is none of these.
 */
export async function emptiedUnits(db: Db, plan: ImportPlan): Promise<EmptiedUnit[]> {
  const sites = await sitesOfUnits(db)
  const meant = await successors(db)
  const left = await inSlices(emptied(plan, sites, meant))
  const names = new Map([
    ...(await placeNames(db)),
    ...plan.groups.map((group) => [group.code, group] as const),
  ])
  return left.map(({ unit, into }) => ({
    ...{ id: unit.id, name: unit.name, place: named(names, unit.district) },
    into: [...into.values()]
      .sort((one, other) => other.sites - one.sites)
      .map(({ name, district, sites: n }) => ({ name, place: named(names, district), sites: n })),
  }))
}

interface Unit {
  readonly name: string
  readonly district: string
}
interface Left {
  readonly unit: Unit & { readonly id: number }
  readonly into: Map<string, Unit & { sites: number }>
}

const keyOf = ({ name, district }: Unit): string => `${district}\n${name}`
const named = (names: ReadonlyMap<string, NamedPlace>, code: string): NamedPlace => {
  const { name = code, nameEn = code } = names.get(code) ?? {}
  return { code, name, nameEn }
}

function* emptied(
  { rows, recoded, ended }: Pick<ImportPlan, 'rows' | 'recoded' | 'ended'>,
  sites: readonly SiteOfUnit[],
  meant: ReadonlyMap<string, string>,
): Steps<Left[]> {
  const codes = new Map(recoded.map(({ from, to }) => [from, to]))
  const over = new Set(ended.map(({ code }) => code))
  const unitOf = new Map<string, Unit>()
  const keeping = new Set<string>()
  for (const { code, unit, district } of rows) {
    const name = meant.get(keyOf({ name: unit, district })) ?? unit
    unitOf.set(code, { name, district })
    keeping.add(keyOf({ name, district }))
    yield
  }
  const left = new Map<string, Left>()
  for (const { code, ...unit } of sites) {
    yield
    const key = keyOf(unit)
    if (keeping.has(key) || over.has(code)) continue
    const to = unitOf.get(codes.get(code) ?? code)
    if (!to) {
      keeping.add(key)
      left.delete(key)
      continue
    }
    const one = left.get(key) ?? { unit, into: new Map() }
    const { sites: n } = one.into.get(keyOf(to)) ?? { sites: 0 }
    one.into.set(keyOf(to), { ...to, sites: n + 1 })
    left.set(key, one)
  }
  return [...left.values()]
}

type SiteOfUnit = Awaited<ReturnType<typeof sitesOfUnits>>[number]

/** Sites that go on, with units that were not merged. */
const sitesOfUnits = (db: Db) =>
  db
    .selectFrom('site')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .select(['site.code', 'unit.id', 'unit.name', 'unit.district'])
    .where('site.demo', '=', false)
    .where('site.merged_into', 'is', null)
    .where('unit.merged_into', 'is', null)
    .where(isGoingOn)
    .orderBy('unit.district')
    .orderBy('unit.id')
    .execute()

/** Of units that were merged within their district, the names of those that they mean. */
async function successors(db: Db): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('unit')
    .innerJoin('unit as successor', 'successor.id', 'unit.merged_into')
    .select(['unit.name', 'unit.district', 'successor.name as means'])
    .whereRef('successor.district', '=', 'unit.district')
    .execute()
  return new Map(rows.map(({ means, ...unit }) => [keyOf(unit), means]))
}
