import { stemOf } from '../../../shared/base/places-rules.ts'
import type { Division } from '../../../shared/register/divisions/divisions.ts'
import {
  isOwnGroup,
  NATION,
  type OwnGroup,
  ownGroupCode,
  tierOf,
} from '../../../shared/register/divisions/divisions-rules.ts'
import { ownGroupName } from '../../../shared/register/divisions/place-words.ts'
import { atOnce, type Steps } from '../../base/slices.ts'

/** The divisions as a tree in memory: what an import asks of them thousands of times. */
export class DivisionTree {
  readonly #byCode: Map<string, Division>
  readonly #parts = new Map<string, Division[]>()
  /** Parts in order, as far as they were asked for. */
  readonly #sorted = new Map<string, readonly Division[]>()
  #byName: Map<string, Division[]> | null = null

  constructor(divisions: Iterable<Division>) {
    this.#byCode = new Map(Array.from(divisions, (one) => [one.code, one]))
    for (const one of this.#byCode.values()) this.#under(one)
  }

  #under(division: Division): void {
    if (division.parent === null) return
    this.#sorted.delete(division.parent)
    const parts = this.#parts.get(division.parent)
    if (parts) parts.push(division)
    else this.#parts.set(division.parent, [division])
  }

  /** Adds one that is not there yet. */
  add(division: Division): void {
    if (this.#byCode.has(division.code)) return
    this.#byCode.set(division.code, division)
    this.#under(division)
    if (this.#byName) addNames(this.#byName, division)
  }

  get(code: string): Division | undefined {
    return this.#byCode.get(code)
  }

  /** A division as it is today: of one that is no more, the one that took its place. */
  today(code: string): Division | undefined {
    let division = this.#byCode.get(code)
    // A circle of successors cannot be stored; this ends even so.
    for (let steps = 0; division?.successor && steps < 10; steps++)
      division = this.#byCode.get(division.successor)
    return division
  }

  /** A division and all above it, the nearest first. */
  path(code: string): Division[] {
    const path: Division[] = []
    for (let one = this.#byCode.get(code); one && path.length < 20; one = this.#byCode.get(one.parent ?? ''))
      path.push(one)
    return path
  }

  isWithin(code: string, above: string): boolean {
    return this.path(code).some((one) => one.code === above)
  }

  /** What lies right under a division today, in the order of codes; not the groups of its own sites. */
  parts(code: string): readonly Division[] {
    const known = this.#sorted.get(code)
    if (known) return known
    const parts = (this.#parts.get(code) ?? [])
      .filter((one) => one.successor === null && !isOwnGroup(one.code))
      .sort((a, b) => a.code.localeCompare(b.code))
    this.#sorted.set(code, parts)
    return parts
  }

  /** The part of `above` in which a division lies, or that it is; undefined: neither. */
  partOf(above: string, code: string): Division | undefined {
    const path = this.path(code)
    const at = path.findIndex((one) => one.code === above)
    return at > 0 ? path[at - 1] : undefined
  }

  /** Makes ready what `named` looks up: with all streets of the nation that is a third of a second of work. */
  *withNames(): Steps<this> {
    if (this.#byName) return this
    const names = new Map<string, Division[]>()
    for (const one of this.#byCode.values()) {
      addNames(names, one)
      yield
    }
    this.#byName = names
    return this
  }

  /**
   * The division that a word means within `above`: by code, by name with or without what it is, by English name. Of
   * several with that name the one nearest to the top; undefined when that is not one.
   */
  named(word: string, above: string): Division | undefined {
    const wanted = plain(word)
    const division = this.today(wanted) ?? (/^\d{4}$/.test(wanted) ? this.today(`${wanted}00`) : undefined)
    if (division) return division
    const { name } = this.#byCode.get(above) ?? { name: '' }
    const found = [wanted, wanted.replace(plain(name), '')].flatMap((called) =>
      this.#namesakes(called, above),
    )
    const nearest = Math.min(...found.map((one) => one.far))
    const [first, second] = new Set(found.filter((one) => one.far === nearest).map((one) => one.division))
    return second ? undefined : first
  }

  #namesakes(word: string, above: string): { division: Division; far: number }[] {
    this.#byName ??= atOnce(this.withNames()).#byName ?? new Map()
    return (this.#byName.get(word) ?? []).flatMap((one) => {
      const division = this.today(one.code)
      const far = division ? this.path(division.code).findIndex(({ code }) => code === above) : -1
      return division && far >= 0 ? [{ division, far }] : []
    })
  }
}

/** `Tianhe District` and `天河 区` are what `tianhe` and `天河区` are. */
const plain = (word: string): string =>
  word
    .toLowerCase()
    .replace(/[\s·]+/g, '')
    .replace(/(?<=[a-z])(district|city|county|province)$/, '')

function addNames(names: Map<string, Division[]>, division: Division): void {
  for (const name of new Set([plain(division.name), plain(stemOf(division.name)), plain(division.nameEn)])) {
    const namesakes = names.get(name)
    if (namesakes) namesakes.push(division)
    else names.set(name, [division])
  }
}

/** Where a site stands: its own division, and the group that it is shown in. */
export interface Placement {
  readonly division: string
  readonly group: string
}

/**
 * The group of a site: the part of the area in which it lies; one of two of the area's own for what is of the area
 * itself; and what lies outside, but was let in, is a group of its own.
 */
export function groupOf(tree: DivisionTree, area: string, division: string, isPortal: boolean): string {
  if (division === area) return ownGroupCode(area, isPortal ? 'portal' : 'dept')
  return tree.partOf(area, division)?.code ?? division
}

/** A group of some division's own sites as a division, to be added to the tree. */
export function ownGroupDivision(of: Division, group: OwnGroup): Division {
  const [name, nameEn] = ownGroupName(of, group)
  return {
    code: ownGroupCode(of.code, group),
    name,
    nameEn,
    level: 'department',
    parent: of.code,
    successor: null,
  }
}

/** So many of a register's sites must lie in a place for the register to be that place's. */
const MOST = 0.9

/**
 * The place that a register is of: the smallest that has nine in ten of its sites, but a city at least, as a few sites
 * of one district are more often a part of a city's register. Null when no division is known.
 */
export function* areaOf(tree: DivisionTree, divisions: Iterable<string>): Steps<string | null> {
  const counts = new Map<string, number>()
  let known = 0
  for (const code of divisions) {
    yield
    const today = tree.today(code)
    if (!today) continue
    known += 1
    for (const above of tree.path(today.code)) counts.set(above.code, (counts.get(above.code) ?? 0) + 1)
  }
  if (known === 0) return null
  const fit = [...counts].filter(([, count]) => count >= known * MOST).map(([code]) => code)
  const large = fit.filter((code) => isLarge(tree, code))
  return large.sort((a, b) => tree.path(b).length - tree.path(a).length)[0] ?? NATION
}

/** A city or more; or a county that a province has without a city between, or a ministry. */
function isLarge(tree: DivisionTree, code: string): boolean {
  const division = tree.get(code)
  if (!division) return false
  const tier = tierOf(division)
  if (tier === 'street' || division.level === 'zone') return false
  if (tier !== 'district') return true
  const parent = tree.get(division.parent ?? '')
  return parent?.level === 'province' && tierOf(parent) === 'province'
}
