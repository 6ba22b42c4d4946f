import { describe, expect, it } from 'vitest'
import { DAY } from '../../../shared/base/time.ts'
import { countStates, deriveState, type StateInputs } from '../../../shared/register/sites/states.ts'

const now = Date.parse('2015-12-01T04:00:00Z')
const well: StateInputs = { availability: 'up', sinceMs: now - DAY, v1: 'ok', v2: 'ok', v3: 'ok' }
const site = (change: Partial<StateInputs>) => deriveState({ ...well, ...change }, now)

describe('the state that people see', () => {
  it('is the worst that is known of a site', () => {
    expect(site({})).toBe('healthy')
    expect(site({ v2: 'warning' })).toBe('warning')
    expect(site({ v3: 'warning' })).toBe('warning')
    expect(site({ v3: 'violated' }), 'columns are no more than a warning').toBe('warning')
    expect(site({ v3: 'violated', availability: 'blocked' })).toBe('warning')
    expect(site({ v3: 'violated', v2: 'violated' })).toBe('dormant')
    expect(site({ v3: 'insufficient' }), 'which says nothing').toBe('healthy')
    expect(site({ v2: 'violated' })).toBe('dormant')
    expect(site({ v2: 'violated', availability: 'down', sinceMs: now })).toBe('down')
    expect(site({ v2: 'violated', availability: 'down', v1: 'violated' })).toBe('dead')
  })

  it('is dead from the 24th hour of an outage on', () => {
    expect(site({ availability: 'down', sinceMs: now - DAY + 1 })).toBe('down')
    expect(site({ availability: 'down', sinceMs: now - DAY })).toBe('dead')
  })

  it('is dead above the 5 % line even while the site answers', () => {
    expect(site({ v1: 'violated' })).toBe('dead')
  })

  it('warns of a miss that is not confirmed yet', () => {
    expect(site({ availability: 'suspect' })).toBe('warning')
  })

  it('is unknown behind a firewall, before the first visit, and where the page cannot be read', () => {
    expect(site({ availability: 'blocked' })).toBe('unknown')
    expect(site({ availability: 'unknown' })).toBe('unknown')
    expect(site({ v2: 'insufficient' })).toBe('unknown')
  })

  it('does not hide that a page is dormant behind a firewall that came later', () => {
    expect(site({ availability: 'blocked', v2: 'violated' })).toBe('dormant')
  })

  it('does not punish a young site for its missing week', () => {
    expect(site({ v1: 'insufficient' })).toBe('healthy')
  })

  it('is paused under filed downtime, whatever else is true', () => {
    expect(site({ availability: 'paused', v1: 'violated', v2: 'violated' })).toBe('paused')
  })

  it('counts every state, also those that no site is in', () => {
    expect(countStates(['dead', 'healthy', 'healthy'])).toEqual({
      dead: 1,
      down: 0,
      dormant: 0,
      warning: 0,
      unknown: 0,
      healthy: 2,
      paused: 0,
    })
  })
})
