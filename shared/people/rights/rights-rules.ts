import type { Role, Scope, User } from './rights.ts'

/**
 * `admin` runs the installation; `workgroup` is the census working group (duty officers); `district` a district
 * office; `unit` a site's owner; `vendor` the third-party monitor; `viewer` looks on, as a wall does.
 */
export const ROLES = ['admin', 'workgroup', 'district', 'unit', 'vendor', 'viewer'] as const

/** Whoever has several districts or units has so many besides the first, at most. */
export const MAX_MORE_PLACES = 50

/** Every district of a scope; none of the whole city's or a unit's. */
export function districtsOf(scope: Scope): readonly string[] {
  return scope.kind === 'district' ? [scope.district, ...(scope.more ?? [])] : []
}

/** Every unit of a scope; none of the whole city's or a district's. */
export function unitIdsOf(scope: Scope): readonly number[] {
  return scope.kind === 'unit' ? [scope.unitId, ...(scope.more ?? [])] : []
}

/** The scope that has these places, each once; without any, the whole city. Units go before districts. */
export function scopeOver(districts: readonly string[], unitIds: readonly number[]): Scope {
  const [unitId, ...units] = new Set(unitIds)
  if (unitId !== undefined) return { kind: 'unit', unitId, ...(units.length > 0 && { more: units }) }
  const [district, ...others] = new Set(districts)
  if (district === undefined) return { kind: 'city' }
  return { kind: 'district', district, ...(others.length > 0 && { more: others }) }
}

export type Principal = Pick<User, 'id' | 'name' | 'role' | 'scope'>

const OWN = {
  'alert.acknowledge': ['admin', 'workgroup', 'district', 'unit', 'vendor'],
  'alert.assign': ['admin', 'workgroup', 'district', 'vendor'],
  'alert.silence': ['admin', 'workgroup', 'district', 'vendor'],
  'alert.look': ['admin', 'workgroup', 'district', 'vendor'],
  'alert.comment': ['admin', 'workgroup', 'district', 'unit', 'vendor'],
  'alert.resolve': ['admin', 'workgroup', 'vendor'],
  'alert.falseAlarm': ['admin', 'workgroup', 'vendor'],
  'alert.severity': ['admin', 'workgroup', 'vendor'],
  'alert.escalate': ['admin', 'workgroup', 'district', 'vendor'],
  'alert.merge': ['admin', 'workgroup', 'vendor'],
  'view.share': ['admin', 'workgroup'],
  'duty.manage': ['admin', 'workgroup', 'district'],
  'escalation.manage': ['admin', 'workgroup'],
  'rectification.raise': ['admin', 'workgroup', 'district', 'vendor'],
  'rectification.assign': ['admin', 'workgroup', 'district'],
  'rectification.accept': ['admin', 'workgroup', 'district', 'unit'],
  'rectification.submit': ['admin', 'workgroup', 'district', 'unit'],
  'rectification.return': ['admin', 'workgroup', 'district', 'vendor'],
  'rectification.extend': ['admin', 'workgroup'],
  'rectification.confirm': ['admin', 'workgroup', 'district', 'vendor'],
  'rectification.pause': ['admin', 'workgroup'],
  'rectification.resume': ['admin', 'workgroup'],
  'rectification.override': ['admin', 'workgroup'],
  'rectification.ask': ['district', 'unit'],
  'rectification.withdraw': ['district', 'unit'],
  'rectification.answer': ['admin', 'workgroup'],
  'rectification.comment': ['admin', 'workgroup', 'district', 'unit', 'vendor'],
  'rectification.attach': ['admin', 'workgroup', 'district', 'unit', 'vendor'],
  'site.visit': ['admin', 'workgroup', 'district', 'unit', 'vendor'],
  'site.pause': ['admin', 'workgroup'],
  'pause.file': ['admin', 'workgroup', 'district', 'unit'],
  'pause.approve': ['admin', 'workgroup', 'district'],
  'site.judge': ['admin', 'workgroup', 'district', 'vendor'],
  'column.classify': ['admin', 'workgroup', 'district', 'vendor'],
  'channel.manage': ['admin', 'workgroup'],
  'subscription.district': ['admin', 'workgroup', 'district'],
  'wall.link': ['admin', 'workgroup'],
  'audit.read': ['admin', 'workgroup'],
  'metrics.read': ['admin', 'workgroup', 'vendor'],
  'aside.end': ['admin', 'workgroup'],
  'contact.read': ['admin', 'workgroup', 'district', 'unit', 'vendor'],
  'unit.contacts': ['admin', 'district', 'unit'],
  'user.manage': ['admin'],
  'user.district': ['district'],
  'calendar.manage': ['admin'],
  'division.manage': ['admin'],
  'settings.manage': ['admin'],
  'register.import': ['admin', 'workgroup'],
  'fleet.control': ['admin', 'workgroup', 'vendor'],
} as const satisfies Record<string, readonly Role[]>

/** Actions that nouns bring from their own folders. */
// biome-ignore lint/suspicious/noEmptyInterface: nouns add to it
export interface NounRights {}
export type Action = keyof typeof OWN | keyof NounRights

/** Each action and the roles that may take it, within their scope. The only table of rights. */
export const PERMISSIONS: Readonly<Record<Action, readonly Role[]>> = Object.assign(
  {} as Record<Action, readonly Role[]>,
  OWN,
)

const cityWide: Action[] = [
  'channel.manage',
  'wall.link',
  'audit.read',
  'escalation.manage',
  'metrics.read',
  'aside.end',
  'user.manage',
  'calendar.manage',
  'division.manage',
  'settings.manage',
  'register.import',
  'fleet.control',
]

/** Actions that concern the whole city: whoever (or whatever token) reaches less far may not take them. */
export const CITY_WIDE: readonly Action[] = cityWide

/** Adds what a noun brings to the table, when the noun is loaded, and says which of it concerns the whole city. */
export function bringRights(
  rights: Partial<Record<keyof NounRights, readonly Role[]>>,
  ofWholeCity: readonly (keyof NounRights)[] = [],
): void {
  Object.assign(PERMISSIONS, rights)
  cityWide.push(...ofWholeCity)
}

/** The part of a site, alert or rectification that decides who may see it. Null district: the whole city's. */
export interface Located {
  readonly district: string | null
  readonly unitId: number | null
}

/** Whether `where` lies within `scope`. SQL (`server/people/rights/scope.ts`) and rooms say the same. */
export function covers(scope: Scope, where: Located): boolean {
  if (scope.kind === 'city') return true
  if (scope.kind === 'district') return where.district !== null && districtsOf(scope).includes(where.district)
  return where.unitId !== null && unitIdsOf(scope).includes(where.unitId)
}

/** Whether somebody still is who they were, and may see and do the same. */
export function sameRights(now: Principal | null, before: Principal): boolean {
  return (
    now !== null &&
    now.id === before.id &&
    now.role === before.role &&
    JSON.stringify(now.scope) === JSON.stringify(before.scope)
  )
}

/** The part of `whole` that `wanted` leaves (null: all of it); null when nothing is left, or it cannot be told. */
export function narrowed(whole: Scope, wanted: Scope | null): Scope | null {
  if (wanted === null) return whole
  if (whole.kind === 'city') return wanted
  if (whole.kind !== wanted.kind) return null
  const left = scopeOver(
    districtsOf(wanted).filter((code) => districtsOf(whole).includes(code)),
    unitIdsOf(wanted).filter((id) => unitIdsOf(whole).includes(id)),
  )
  return left.kind === 'city' ? null : left
}

/** Whether `wanted` reaches nowhere that `whole` does not; what cannot be told does. */
export function liesIn(whole: Scope, wanted: Scope): boolean {
  const left = narrowed(whole, wanted)
  return (
    left !== null &&
    left.kind === wanted.kind &&
    districtsOf(wanted).every((code) => districtsOf(left).includes(code)) &&
    unitIdsOf(wanted).every((id) => unitIdsOf(left).includes(id))
  )
}

/** Whether `who` may do `action`, on `where` if it concerns a place. */
export function may(who: Pick<Principal, 'role' | 'scope'>, action: Action, where?: Located): boolean {
  const roles: readonly Role[] = PERMISSIONS[action]
  if (CITY_WIDE.includes(action) && who.scope.kind !== 'city') return false
  return roles.includes(who.role) && (where === undefined || covers(who.scope, where))
}
