import type { Declarations } from './styles.ts'

/* What is in force of all that is said of an element's look, and the own properties (`--x`) that it names. */

/** Own properties as an element and those around it have them; how often they may still be asked for. */
export interface Own {
  readonly said: readonly Declarations[]
  readonly around: Own | null
  readonly budget: { left: number }
}

/** Elements that are gone through for own properties on one page; behind that they have no value. */
const MOST_ASKED = 300_000

export const ownOfPage = (): Own => ({ said: [], around: null, budget: { left: MOST_ASKED } })

/** The value of a property that is in force; null where nothing is said of it. */
export type InForce = (name: string) => string | null

/** @param said what sheets and the element itself say, in their order */
export function inForce(said: readonly Declarations[], own: Own | null): InForce {
  return (name) => {
    const value = saidOf(said, name)
    return value?.includes('var(') && !/color|background/.test(name) ? withOwn(value, own) : value
  }
}

function saidOf(said: readonly Declarations[], name: string): string | null {
  let value: string | null = null
  for (const declarations of said) {
    const next = declarations.get(name)
    if (next === undefined) continue
    if (value?.endsWith('!important') && !next.endsWith('!important')) continue
    value = next
  }
  return value
}

const NAMED_VALUE = /var\(\s{0,9}(--[\w-]{1,80})\s{0,9}(?:,([^()]{0,100}))?\)/
/** Names for names. */
const DEEPEST = 4

/** A value with those that it names in their places. */
function withOwn(value: string, own: Own | null): string {
  let whole = value
  for (let depth = 0; depth < DEEPEST; depth++) {
    const match = NAMED_VALUE.exec(whole)
    if (!match) return whole
    const [all, name = '', instead] = match
    const known = ownOf(name, own) ?? instead?.trim()
    if (known === undefined) return whole
    whole = whole.replace(all, () => known)
  }
  return whole
}

function ownOf(name: string, own: Own | null): string | null {
  for (let at = own; at && at.budget.left > 0; at = at.around) {
    at.budget.left--
    const value = saidOf(at.said, name)
    if (value !== null) return value.replace(' !important', '')
  }
  return null
}
