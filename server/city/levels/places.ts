import { sql } from 'kysely'
import type { NamedPlace } from '../../../shared/base/places.ts'
import type { BoardSite } from '../../../shared/city/board.ts'
import type { Division } from '../../../shared/register/divisions/divisions.ts'
import {
  isOwnGroup,
  OWN_GROUPS,
  type OwnGroup,
  ownGroupCode,
} from '../../../shared/register/divisions/divisions-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { ownGroupDivision } from '../../register/divisions/tree.ts'

/** No tree is deeper; a circle, which cannot be stored, ends here too. */
const DEEPEST = 20

/** The divisions in which the sites of the register lie, with all above them, as the levels of boards. */
export class PlaceTree {
  readonly #byCode: ReadonlyMap<string, Division>
  readonly #parts = new Map<string, string[]>()
  /** Sites of one place share one list. */
  readonly #within = new Map<string, readonly string[]>()

  constructor(divisions: readonly Division[]) {
    this.#byCode = new Map(divisions.map((one) => [one.code, one]))
    for (const { code, parent } of divisions) {
      if (parent === null) continue
      const parts = this.#parts.get(parent)
      if (parts) parts.push(code)
      else this.#parts.set(parent, [code])
    }
  }

  has(code: string): boolean {
    return this.#named(code) !== undefined
  }

  /** A place and all above it, the nearest first. */
  path(code: string): string[] {
    const path: string[] = []
    for (let one = this.#named(code); one && path.length < DEEPEST; one = this.#named(one.parent ?? ''))
      path.push(one.code)
    return path
  }

  /** All that sites of a place may be registered in: it and what is below it, or of a group of its own sites that division. */
  inside(code: string): string[] {
    if (isOwnGroup(code)) return this.path(code).slice(0, 2)
    const inside = new Set([code])
    // What is added while a set is gone through is gone through as well.
    for (const one of inside) for (const part of this.#parts.get(one) ?? []) inside.add(part)
    return [...inside]
  }

  /**
   * What a site lies in: a group of its division's own sites, that division, and all above it; last its group as such.
   * Whose it is says its group: a division that was put elsewhere since takes no site with it to others.
   */
  within({ district, division, level }: Pick<BoardSite, 'district' | 'level'> & { division: string | null }) {
    const group: OwnGroup = level.endsWith('_portal') ? 'portal' : 'dept'
    const key = `${district} ${division ?? ''} ${group}`
    const known = this.#within.get(key)
    if (known) return known
    const place = division !== null && this.path(division).includes(district) ? division : district
    const own = isOwnGroup(place) ? [] : [ownGroupCode(place, group)]
    const within = [...own, ...this.path(place), asGroup(district)]
    this.#within.set(key, within)
    return within
  }

  /** The places right under one, in the order of the administration: its own groups, and its parts by their codes. */
  parts(code: string): string[] {
    const own = OWN_GROUPS.map((group) => ownGroupCode(code, group))
    const parts = (this.#parts.get(code) ?? []).filter((one) => !own.includes(one)).sort()
    return [...own, ...parts]
  }

  name(code: string): NamedPlace {
    const { name, nameEn } = this.#named(code) ?? { name: code, nameEn: code }
    return { code, name, nameEn }
  }

  /** A division of the register, or a group of the own sites of one, which need not be stored. */
  #named(code: string): Division | undefined {
    const known = this.#byCode.get(code)
    if (known) return known
    const group = OWN_GROUPS.find((one) => code.endsWith(`-${one}`))
    const of = group && this.#byCode.get(longCode(code.slice(0, -group.length - 1)))
    return group && of && ownGroupDivision(of, group)
  }
}

/** Under what the sites of a group are counted, which may have others in it that are of another group. */
export const asGroup = (code: string): string => `@${code}`

/** The code of whose own sites `ownGroupCode` has shortened it. */
const longCode = (short: string): string => (/^\d{1,6}$/.test(short) ? short.padEnd(6, '0') : short)

/**
 * The divisions of the sites and groups that there are, with all above them.
 * @param of also of the groups that there were, for what is told of the past.
 */
export async function loadTree(db: Db | Tx, of: 'now' | 'past' = 'now'): Promise<PlaceTree> {
  const former = of === 'past' ? sql`union select district from site_past` : sql``
  const { rows } = await sql<Division>`
    with recursive above as (
      select code, parent from division
      where code in (select division from site union select district from site union select code from district ${former})
      union select division.code, division.parent from division join above on division.code = above.parent
    )
    select code, name, name_en as "nameEn", level, parent, successor from division where code in (select code from above)
  `.execute(db)
  return new PlaceTree(rows)
}
