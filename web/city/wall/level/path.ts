import type { NamedPlace } from '../../../../shared/base/places.ts'
import type { BoardNode } from '../../../../shared/city/level.ts'
import { districtsOf, type Principal } from '../../../../shared/people/rights/rights-rules.ts'

/** A step up from a division's board; without a code, the board of all that the person may see. */
export interface PathStep {
  readonly place: NamedPlace
  readonly code: string | null
}

/** The way from the top of what a person may see down to a division, without itself. */
export function pathDown(
  node: BoardNode | null,
  area: string | null,
  scope: Principal['scope'] | undefined,
): PathStep[] {
  if (!node || !scope) return []
  const own = districtsOf(scope)
  const isTop = ({ code }: NamedPlace): boolean =>
    scope.kind === 'city' ? code === area : own.includes(code)
  const top = node.above.findIndex(isTop)
  const steps = top < 0 ? [] : node.above.slice(0, top + 1).reverse()
  return steps.map((place, at) => ({ place, code: at === 0 ? null : place.code }))
}
