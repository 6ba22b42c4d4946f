import { describe, expect, it } from 'vitest'
import {
  type Action,
  CITY_WIDE,
  covers,
  liesIn,
  may,
  narrowed,
  PERMISSIONS,
  ROLES,
  type Role,
  type Scope,
  scopeOver,
} from '../../../shared/people/rights/rights.ts'

/** Who may do what, written down a second time, as the working group would put it. */
const TABLE = `
                       admin workgroup district unit vendor viewer
alert.acknowledge        x       x        x      x     x      -
alert.assign             x       x        x      -     x      -
alert.silence            x       x        x      -     x      -
alert.look               x       x        x      -     x      -
alert.comment            x       x        x      x     x      -
alert.resolve            x       x        -      -     x      -
alert.falseAlarm         x       x        -      -     x      -
alert.severity           x       x        -      -     x      -
alert.escalate           x       x        x      -     x      -
alert.merge              x       x        -      -     x      -
view.share               x       x        -      -     -      -
duty.manage              x       x        x      -     -      -
escalation.manage        x       x        -      -     -      -
rectification.raise      x       x        x      -     x      -
rectification.assign     x       x        x      -     -      -
rectification.accept     x       x        x      x     -      -
rectification.submit     x       x        x      x     -      -
rectification.return     x       x        x      -     x      -
rectification.extend     x       x        -      -     -      -
rectification.confirm    x       x        x      -     x      -
rectification.pause      x       x        -      -     -      -
rectification.resume     x       x        -      -     -      -
rectification.attach     x       x        x      x     x      -
rectification.override   x       x        -      -     -      -
rectification.ask        -       -        x      x     -      -
rectification.withdraw   -       -        x      x     -      -
rectification.answer     x       x        -      -     -      -
rectification.comment    x       x        x      x     x      -
site.visit               x       x        x      x     x      -
site.pause               x       x        -      -     -      -
pause.file               x       x        x      x     -      -
pause.approve            x       x        x      -     -      -
site.judge               x       x        x      -     x      -
column.classify          x       x        x      -     x      -
channel.manage           x       x        -      -     -      -
subscription.district    x       x        x      -     -      -
wall.link                x       x        -      -     -      -
audit.read               x       x        -      -     -      -
metrics.read             x       x        -      -     x      -
aside.end                x       x        -      -     -      -
user.manage              x       -        -      -     -      -
user.district            -       -        x      -     -      -
contact.read             x       x        x      x     x      -
unit.contacts            x       -        x      x     -      -
calendar.manage          x       -        -      -     -      -
division.manage          x       -        -      -     -      -
settings.manage          x       -        -      -     -      -
register.import          x       x        -      -     -      -
fleet.control            x       x        -      -     x      -
`

const lines = TABLE.trim().split('\n')
const roles = lines[0]!.trim().split(/\s+/) as Role[]
const matrix = lines.slice(1).map((line) => {
  const [action = '', ...marks] = line.trim().split(/\s+/)
  return { action: action as Action, allowed: roles.filter((_, index) => marks[index] === 'x') }
})

const CITY: Scope = { kind: 'city' }
const TIANHE: Scope = { kind: 'district', district: '440106' }
const SHIPAI: Scope = { kind: 'unit', unitId: 7 }
const shipai = { district: '440106', unitId: 7 }
const neighbour = { district: '440106', unitId: 8 }
const haizhu = { district: '440105', unitId: 9 }
const wholeCity = { district: null, unitId: null }

describe('who may do what', () => {
  it('is a table of every role and every action', () => {
    expect(matrix.map(({ action }) => action).sort()).toEqual(Object.keys(PERMISSIONS).sort())
    expect(roles).toEqual(ROLES)
  })

  it.each(matrix)('$action: $allowed', ({ action, allowed }) => {
    expect(ROLES.filter((role) => may({ role, scope: CITY }, action))).toEqual(allowed)
  })

  it.each(matrix)('$action ends at the border of the own scope', ({ action }) => {
    for (const role of ROLES) {
      expect(may({ role, scope: TIANHE }, action, haizhu), role).toBe(false)
      expect(may({ role, scope: SHIPAI }, action, neighbour), role).toBe(false)
      expect(may({ role, scope: TIANHE }, action, wholeCity), role).toBe(false)
      const isWithin = !CITY_WIDE.includes(action) && may({ role, scope: CITY }, action)
      expect(may({ role, scope: TIANHE }, action, shipai), role).toBe(isWithin)
    }
  })

  it('where notices go is the whole city’s: nobody who has a district of it sets up channels, and its own subscriptions it keeps', () => {
    expect(may({ role: 'workgroup', scope: CITY }, 'channel.manage')).toBe(true)
    expect(may({ role: 'workgroup', scope: TIANHE }, 'channel.manage')).toBe(false)
    expect(may({ role: 'district', scope: TIANHE }, 'subscription.district')).toBe(true)
  })
})

describe('what a scope covers', () => {
  it.each<[string, Scope, boolean[]]>([
    ['the city: everything', CITY, [true, true, true, true]],
    ['a district: its own units', TIANHE, [true, true, false, false]],
    ['a unit: itself alone', SHIPAI, [true, false, false, false]],
    ['two districts: the units of both', scopeOver(['440105', '440106'], []), [true, true, true, false]],
    ['two units: both and no neighbour', scopeOver([], [7, 9]), [true, false, true, false]],
  ])('%s', (_name, scope, expected) => {
    expect([shipai, neighbour, haizhu, wholeCity].map((where) => covers(scope, where))).toEqual(expected)
  })
})

describe('what is left of a scope', () => {
  const both = scopeOver(['440105', '440106'], [])
  it.each<[string, Scope, Scope, Scope | null]>([
    ['one of two districts', both, TIANHE, TIANHE],
    ['two districts where one is left', TIANHE, both, TIANHE],
    ['a district somewhere else', both, scopeOver(['440104'], []), null],
    ['one of two units', scopeOver([], [7, 8]), SHIPAI, SHIPAI],
    ['the city, of a district', both, CITY, null],
    ['a district, of the city', CITY, both, both],
  ])('%s', (_name, whole, wanted, left) => expect(narrowed(whole, wanted)).toEqual(left))

  it('two places lie in a scope only when both do', () => {
    expect(liesIn(TIANHE, both)).toBe(false)
    expect(liesIn(both, TIANHE)).toBe(true)
    expect(liesIn(both, CITY)).toBe(false)
  })
})
