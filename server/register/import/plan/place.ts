import type { Division } from '../../../../shared/register/divisions/divisions.ts'
import { isOwnGroup, tierOf } from '../../../../shared/register/divisions/divisions-rules.ts'
import { type Answers, type Question, questionKey } from '../../../../shared/register/import/imports.ts'
import type { FieldValues } from '../../../../shared/register/ledger/ledger-rules.ts'
import type { Level } from '../../../../shared/register/sites/sites.ts'
import type { Steps } from '../../../base/slices.ts'
import { type DivisionTree, groupOf } from '../../divisions/tree.ts'
import { BadCell, type GivenLevel, readLevel, type Tier } from '../file/fields.ts'
import { type BadRegisterRow, badRow, type ReadRow } from '../file/parse.ts'
import { Questions } from './questions.ts'
import type { Asked, Places, Where } from './where.ts'

/** A row of a register that can be stored. */
export interface RegisterRow {
  code: string
  name: string
  url: string
  level: Level
  /** The group that the site is shown in. */
  district: string
  /** Where it belongs: the group's own division, or one below; of a group of the area's own, the area. */
  division: string
  unit: string
  platform: string | null
  intervalS: number | null
  /** What else is said of it: what is left out stays, null empties. */
  profile?: FieldValues
  /** The code that it had until now, where it gets another. */
  was?: string
}

/** What the register has of a site until now: its district and level, and what they follow from. */
export interface StoredSite extends Pick<RegisterRow, 'code' | 'name' | 'unit' | 'division' | 'level'> {
  /** Whose register it was when it was placed. */
  readonly area: string
}

/** A row to be placed; of a site that the register has, with what that says. */
export type RowOfSite = ReadRow & { readonly stored?: StoredSite }

/** The same, with where it stands in the file. */
export type PlacedRow = RegisterRow & Pick<ReadRow, 'line' | 'sheet'>

export interface PlacedRegister {
  readonly rows: PlacedRow[]
  readonly bad: BadRegisterRow[]
  readonly questions: Question[]
  /** Divisions that answers have made: new ones, and other names of those that there are. */
  readonly added: Division[]
  /** Rows that wait for an answer, and those that an answer leaves out. */
  readonly waiting: number
  readonly left: number
}

/**
 * Finds where each row belongs and of which level it is. What is left out follows: the division from the code's first
 * six characters, the level from the division, the portal mark and the site's name. What does not follow is asked;
 * what contradicts itself is bad. Where a file has no column for it, a site that the register has stays what it was said
 * to be: what had followed by itself goes on to follow, the rest is kept, unless the file contradicts it.
 */
export function* placeRegister(
  read: readonly RowOfSite[],
  places: Places,
  answers: Answers,
): Steps<PlacedRegister> {
  yield* places.tree.withNames()
  const questions = new Questions(places, answers)
  const rows: PlacedRow[] = []
  const bad: BadRegisterRow[] = []
  for (const row of read) {
    yield
    try {
      const where = questions.settle(row, whereIs(row, places))
      if (!where) continue
      const isOfMinistry = where.division.level === 'department' && where.division.code === places.area
      const at = isOfMinistry ? { division: questions.departmentOf(row) } : (keptPlace(row, places) ?? where)
      rows.push(placed(row, at, places))
    } catch (error) {
      if (!(error instanceof BadCell)) throw error
      bad.push(badRow(row, error))
    }
  }
  return { rows, bad, ...(yield* questions.result()) }
}

function whereIs(row: ReadRow, places: Places): Where {
  const { tree, area } = places
  const ofCode = divisionOfCode(row.code, tree)
  if (row.place !== '') {
    const own = ownTier(row.place)
    if (own) return within(ofTier(own, ofCode, places), places)
    const named = tree.named(row.place, area)
    if (!named) return { key: questionKey.unknownPlace(row.place), kind: 'unknownPlace', text: row.place }
    if (isOwnGroup(named.code)) {
      const division = tree.get(named.parent ?? '') ?? named
      return { division, own: named.code.endsWith('-portal') ? 'portal' : 'dept' }
    }
    return within(named, places)
  }
  if (row.level && row.level.tier === tierAt(area, tree))
    return within(ofTier(row.level.tier, ofCode, places), places)
  if (!ofCode) {
    const code = row.code.slice(0, 6)
    return { key: questionKey.unknownCode(code), kind: 'unknownCode', code }
  }
  return within(ofCode.code === area ? (streetIn(row, places) ?? ofCode) : ofCode, places)
}

/** What does not lie in the area has to be let in. */
function within(division: Division, { tree, area, groups }: Places): Where {
  if (tree.isWithin(division.code, area) || groups.has(division.code)) return { division }
  return { key: questionKey.outside(division.code), kind: 'outside', place: division }
}

const divisionOfCode = (code: string, tree: DivisionTree): Division | undefined =>
  tree.today(code.slice(0, 6))

/** Words for "the place itself" in a column of districts. */
const OWN_WORDS: ReadonlyMap<string, Tier> = new Map([
  ...['市', '市级', '市本级', '市直', '市属', 'city'].map((word) => [word, 'city'] as const),
  ...['省', '省级', '省本级', '省直', '省属', 'province'].map((word) => [word, 'province'] as const),
  ...['区级', '县级', '区本级', '县本级', '区直', '县直'].map((word) => [word, 'district'] as const),
])
const ownTier = (cell: string): Tier | undefined => OWN_WORDS.get(cell.toLowerCase())

const tierAt = (code: string, tree: DivisionTree): Division['level'] | undefined => {
  const division = tree.get(code)
  return division && tierOf(division)
}

/** The division of a tier that the code lies in; the area where the code says nothing of it. */
function ofTier(tier: Tier, ofCode: Division | undefined, { tree, area }: Places): Division {
  const above = ofCode && tree.path(ofCode.code).find((one) => tierOf(one) === tier)
  const at = tree.get(area)
  if (!at) throw new Error(`there is no division ${area}`)
  return above && tree.isWithin(above.code, area) ? above : at
}

/** Of a county, whose codes say no streets, the street that the site's or the unit's name speaks of. */
function streetIn({ name, unit }: ReadRow, { tree, area }: Places): Division | undefined {
  const spoken = tree
    .parts(area)
    .filter((part) => part.level === 'street' && (name.includes(part.name) || unit.includes(part.name)))
  return spoken.sort((a, b) => b.name.length - a.name.length)[0]
}

/** Where a site stays that the register has elsewhere than its code said; undefined: it is where its row says. */
function keptPlace(row: RowOfSite, places: Places): Exclude<Where, Asked> | undefined {
  const { stored, lacks } = row
  if (!stored || !lacks.includes('district')) return undefined
  const division = places.tree.today(stored.division)
  if (!division || isOwnGroup(division.code)) return undefined
  const at = within(division, places)
  if ('key' in at || (row.level && !fits(row.level, tierOf(division), division))) return undefined
  const followed = whereIs({ ...row, ...wordsOf(stored) }, { ...places, area: stored.area })
  return 'division' in followed && followed.division.code === division.code ? undefined : at
}

/** The level that it stays of, likewise. */
function keptLevel(
  row: RowOfSite,
  { division, own }: Exclude<Where, Asked>,
  tree: DivisionTree,
): Level | undefined {
  const { stored, lacks } = row
  if (!stored || !lacks.includes('level')) return undefined
  const given = readLevel(stored.level)
  if (!given || !fits(given, tierOf(division), division)) return undefined
  const isPortal = own === undefined ? row.isPortal : own === 'portal'
  if (isPortal !== null && isPortal !== stored.level.endsWith('_portal')) return undefined
  const was = tree.today(stored.division) ?? division
  const followed = levelAt({ ...row, ...wordsOf(stored), isPortal: null }, tierOf(was), undefined)
  return stored.level === followed ? undefined : stored.level
}

/** What a place and a level follow from. */
const wordsOf = ({ code, name, unit }: StoredSite) => ({ code, name, unit })

function placed(row: RowOfSite, at: Exclude<Where, Asked>, places: Places): PlacedRow {
  const { division, own } = at
  const { line, sheet, code, name, url, unit, platform, intervalS, profile } = row
  const tier = tierOf(division)
  if (row.level && !fits(row.level, tier, division)) {
    const where = row.place || division.name
    throw new BadCell('level', 'imports.levelNotOfPlace', { cell: row.levelCell, where })
  }
  const level = row.level?.exact ?? keptLevel(row, at, places.tree) ?? levelAt(row, tier, own)
  const isPortal = level.endsWith('_portal')
  const district = groupOf(places.tree, places.area, division.code, isPortal)
  const site = { line, code, name, url, level, district, division: division.code, unit, platform, intervalS }
  return { ...site, ...(sheet !== undefined && { sheet }), ...(profile && { profile }) }
}

/** A street belongs to a district, or to a city that has none. */
function fits({ tier, exact }: GivenLevel, at: Division['level'], division: Division): boolean {
  if (division.level === 'department') return true
  if (at === tier) return true
  if (tier === 'street') return at === 'district' || (at === 'city' && exact === 'town')
  return tier === 'district' && at === 'street'
}

function levelAt(row: ReadRow, tier: Division['level'], own: 'portal' | 'dept' | undefined): Level {
  const isPortal = own === 'portal' || (own !== 'dept' && (row.isPortal ?? row.name.includes('门户')))
  if (tier === 'street') return /[镇乡]/.test(row.name) ? 'town' : 'street'
  if (tier === 'district') return localLevel(row, isPortal)
  const of = tier === 'province' || tier === 'city' ? tier : 'nation'
  return isPortal ? `${of}_portal` : `${of}_department`
}

function localLevel({ name }: ReadRow, isPortal: boolean): Level {
  if (/街(道|办|$)/.test(name)) return 'street'
  if (/[镇乡](人民政府|政府|门户|网|$)/.test(name)) return 'town'
  return isPortal ? 'district_portal' : 'district_department'
}
