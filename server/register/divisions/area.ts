import { sql } from 'kysely'
import type { NamedPlace } from '../../../shared/base/places.ts'
import type { AreaPlace, Division } from '../../../shared/register/divisions/divisions.ts'
import { OWN_GROUPS, ownGroupCode, tierOf } from '../../../shared/register/divisions/divisions-rules.ts'
import { placeWords } from '../../../shared/register/divisions/place-words.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { storedSettings } from '../../people/settings/settings.ts'
import { addDivision, treeOf } from './queries.ts'
import { type DivisionTree, ownGroupDivision } from './tree.ts'

/** The place that the installation is for, and whether a register or somebody has said so. */
export interface Area {
  readonly code: string
  readonly by: 'register' | 'hand'
}

const KEY = 'area'

/** Null while no register is loaded and nobody has said. */
export async function findArea(db: Db | Tx): Promise<Area | null> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', KEY).executeTakeFirst()
  return (row?.value as Area | undefined) ?? null
}

export async function storeArea(tx: Tx, area: Area): Promise<void> {
  const value = JSON.stringify(area)
  await tx
    .insertInto('setting')
    .values({ key: KEY, value })
    .onConflict((on) => on.column('key').doUpdateSet({ value }))
    .execute()
}

/** Forgets the place of the demo; one that somebody has chosen stays. */
export async function forgetArea(tx: Tx): Promise<void> {
  await sql`delete from setting where key = ${KEY} and value ->> 'by' = 'register'`.execute(tx)
}

/**
 * Brings the groups of sites to what the area has: its own two, its parts in the order of their codes, and after them
 * whatever else sites lie in. Groups that nothing refers to any more go.
 * @param more codes of divisions that sites are about to lie in.
 */
export async function ensureGroups(tx: Tx, more: readonly string[] = []): Promise<void> {
  await sql`lock table district in share row exclusive mode`.execute(tx)
  const area = await findArea(tx)
  const tree = await treeOf(tx, area?.code ?? null)
  const used = await tx.selectFrom('site').select('district').distinct().execute()
  const wanted = await wantedGroups(tx, tree, area, [...used.map(({ district }) => district), ...more])
  // Positions are unique at every moment.
  await sql`update district set position = -1 - position where position >= 0`.execute(tx)
  const rows = wanted.map(({ code, name, nameEn }, position) => ({ code, name, name_en: nameEn, position }))
  if (rows.length > 0) {
    await sql`
      insert into district (code, name, name_en, position)
      select code, name, name_en, position
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d(code text, name text, name_en text, position int)
      on conflict (code) do update
        set name = excluded.name, name_en = excluded.name_en, position = excluded.position
    `.execute(tx)
  }
  await dropUnused(tx, rows.length)
}

async function wantedGroups(
  tx: Tx,
  tree: DivisionTree,
  area: Area | null,
  used: readonly string[],
): Promise<Division[]> {
  const own: Division[] = []
  const of = area ? tree.get(area.code) : undefined
  if (of && of.level !== 'department') {
    for (const group of OWN_GROUPS) {
      const known = tree.get(ownGroupCode(of.code, group))
      own.push(known ?? (await addDivision(tx, ownGroupDivision(of, group))))
    }
  }
  const parts = of ? tree.parts(of.code).filter((part) => part.level !== 'department') : []
  // A ministry's register is of the nation, but has nothing in its provinces.
  const isUsed = used.length === 0 || used.some((code) => parts.some((part) => part.code === code))
  const listed = [...own.filter(({ code }) => isUsed || used.includes(code)), ...(isUsed ? parts : [])]
  const others = [...new Set(used)]
    .filter((code) => !listed.some((one) => one.code === code))
    .sort()
    .flatMap((code) => tree.get(code) ?? [])
  const zones = listed.filter(({ level }) => level === 'zone')
  return [
    ...listed.filter(({ level }) => level !== 'zone'),
    ...zones.filter(({ code }) => used.includes(code)),
    ...others,
  ]
}

/** Those that are wanted no more: they go, or stay behind the others while an account or a record is of them. */
async function dropUnused(tx: Tx, from: number): Promise<void> {
  const rest = await tx
    .selectFrom('district')
    .select('code')
    .where('position', '<', 0)
    .orderBy('position', 'desc')
    .execute()
  let position = from
  for (const { code } of rest) {
    if (await isGone(tx, code)) continue
    await tx.updateTable('district').set({ position }).where('code', '=', code).execute()
    position += 1
  }
}

/** The database itself knows best what refers to a group. */
async function isGone(tx: Tx, code: string): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from user_account where ${code} = any(districts))
      or exists (select from api_token where ${code} = any(districts)) as used
  `.execute(tx)
  if (rows[0]?.used) return false
  await sql`savepoint unused_group`.execute(tx)
  try {
    await tx.deleteFrom('district').where('code', '=', code).execute()
    await sql`release savepoint unused_group`.execute(tx)
    return true
  } catch (error) {
    await sql`rollback to savepoint unused_group`.execute(tx)
    if ((error as { code?: string }).code !== FOREIGN_KEY) throw error
    return false
  }
}

const FOREIGN_KEY = '23503'

/** The place as every screen names it; null while nobody has said which. */
export async function namedArea(db: Db | Tx): Promise<AreaPlace | null> {
  const area = await findArea(db)
  const named = await db
    .selectFrom('division')
    .select(['code', 'name', 'name_en as nameEn', 'level'])
    .where('code', '=', area?.code ?? '')
    .executeTakeFirst()
  const { place } = (await storedSettings(db)).settings
  if (!named) return null
  const { code, name, nameEn } = screenName(named)
  return { code, name: place?.name || name, nameEn: place?.nameEn || nameEn, tier: tierOf(named) }
}

/** The place and its groups, in the order of the wall, as every screen names them. */
export async function namedPlaces(db: Db | Tx): Promise<Places> {
  const groups = await db
    .selectFrom('district')
    .select(['code', 'name', 'name_en as nameEn'])
    .select(
      sql<string[]>`array(
        with recursive above as (
          select code, parent, 1 as far from division where code = district.code
          union all select d.code, d.parent, far + 1 from division d join above on d.code = above.parent where far < 20
        ) select code from above)`.as('within'),
    )
    .orderBy('position')
    .execute()
  return { area: await namedArea(db), groups }
}

/** A group of sites with the codes of everything that it lies in, itself too. */
export interface Group extends NamedPlace {
  readonly within: readonly string[]
}

export interface Places {
  readonly area: AreaPlace | null
  readonly groups: readonly Group[]
}

/** What the groups are called, by their codes; under '' what all of them are together. */
export async function placeNames(db: Db | Tx): Promise<ReadonlyMap<string, NamedPlace>> {
  const area = await namedArea(db)
  const groups = await db.selectFrom('district').select(['code', 'name', 'name_en as nameEn']).execute()
  const [zh, en] = [placeWords(area, 'zh'), placeWords(area, 'en')]
  const whole = { code: '', name: zh.whole, nameEn: en.whole }
  return new Map([whole, ...groups].map((place) => [place.code, place]))
}

/** Names as screens are given them. */
export const screenNames = ({ area, groups }: Places): { area: AreaPlace | null; groups: NamedPlace[] } => ({
  area,
  groups: groups.map(screenName),
})

const screenName = ({ code, name, nameEn }: NamedPlace): NamedPlace => ({ code, name, nameEn })
