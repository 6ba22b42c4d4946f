import { describe, expect, it } from 'vitest'
import { castOf } from '../../../server/demo/cast/cast.ts'
import { demoRegister } from '../../../server/demo/cast/register.ts'
import { makeRota, turnAt, turnsOf } from '../../../server/demo/cast/rota.ts'
import type { Outage } from '../../../server/demo/fleet/outages.ts'
import { behaviourAt, newestOn, outagesBetween, truthAt } from '../../../server/demo/fleet/script.ts'
import { DAY, HOUR, localDay, MINUTE } from '../../../shared/base/time.ts'
import { countStates } from '../../../shared/register/sites/states.ts'
import { NOW, sites } from './support.ts'

/** Instants at all hours and weekdays of three months. */
const instants = Array.from({ length: 40 }, (_, number) => NOW - number * 53.7 * HOUR)

const wrongAt = (atMs: number) => 640 - countStates(sites.map((site) => truthAt(site, atMs).state)).healthy
const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!

describe('the script', () => {
  it('says the same for the same site and time, and something else for another seed', () => {
    const told = (seed: number) => sites.map((site) => JSON.stringify(truthAt(site, NOW, seed)))
    expect(told(640)).toEqual(told(640))
    expect(told(641)).not.toEqual(told(640))
    expect(demoRegister().map((site) => JSON.stringify(truthAt(site, NOW)))).toEqual(told(640))
  })

  it('has something wrong at about one site in seventeen', () => {
    const counts = instants.map(wrongAt)
    expect(median(counts)).toBeGreaterThanOrEqual(34)
    expect(median(counts)).toBeLessThanOrEqual(42)
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(18)
  })

  it('keeps a few dead, down, dormant, close to it and walled off at any time', () => {
    for (const atMs of instants) {
      const counts = countStates(sites.map((site) => truthAt(site, atMs).state))
      expect(counts.dead, 'dead').toBeGreaterThanOrEqual(2)
      expect(counts.dead, 'dead').toBeLessThanOrEqual(8)
      expect(counts.dormant, 'dormant').toBeGreaterThanOrEqual(6)
      expect(counts.dormant, 'dormant').toBeLessThanOrEqual(13)
      expect(counts.warning, 'warning').toBeGreaterThanOrEqual(3)
      expect(counts.unknown, 'unknown').toBeGreaterThanOrEqual(4)
    }
    const down = instants.map((atMs) => sites.filter((site) => truthAt(site, atMs).state === 'down').length)
    expect(median(down)).toBeGreaterThanOrEqual(2)
    expect(median(down)).toBeLessThanOrEqual(6)
  })

  it('tells the same outages for a span of time as moment by moment', () => {
    for (const [index, site] of sites.entries()) {
      const outages = outagesBetween(site, NOW - 3 * DAY, NOW)
      for (let part = 0; part < 20; part++) {
        const atMs = NOW - 3 * DAY + ((index * 7_919 + part * 104_729) % 259_200) * 1_000
        const spanned = outages.find(({ start, end }) => start <= atMs && atMs < end)?.kind ?? null
        expect(behaviourAt(site, atMs).outage).toBe(spanned)
      }
    }
  })

  it('answers the same for the past whichever way the span is cut', () => {
    const [from, middle, to] = [NOW - 2 * DAY, NOW - 31.4 * HOUR, NOW]
    const length = (outages: Outage[]) => outages.reduce((sum, { start, end }) => sum + end - start, 0)
    for (const site of sites) {
      const parts = length(outagesBetween(site, from, middle)) + length(outagesBetween(site, middle, to))
      expect(parts).toBe(length(outagesBetween(site, from, to)))
    }
  })

  it('changes something in the city about every minute', () => {
    const changes = sites.flatMap((site) => outagesBetween(site, NOW - DAY, NOW)).length * 2
    expect(changes / 1_440).toBeGreaterThan(0.6)
    expect(changes / 1_440).toBeLessThan(1.6)
  })

  it('lets a shared platform fail about once a day, with all the sites that run on it', () => {
    const platforms = new Set(sites.flatMap(({ platform }) => platform ?? []))
    const failures = [...platforms].flatMap((platform) => {
      const hosted = sites.filter((site) => site.platform === platform)
      const first = outagesBetween(hosted[0]!, NOW - 10 * DAY, NOW)
      return first.filter(
        ({ start, end }) =>
          hosted.length >= 10 && hosted.every((site) => behaviourAt(site, (start + end) / 2).outage !== null),
      )
    })
    expect(failures.length).toBeGreaterThanOrEqual(8)
    expect(failures.length).toBeLessThanOrEqual(16)
    for (const { start, end } of failures) expect(end - start).toBeLessThan(15 * MINUTE)
  })

  it('has healthy sites publish every few days at most, and by day', () => {
    const cast = castOf(640)
    const kept = sites.filter((_, index) => !cast.neglect.has(index) && !cast.slow.has(index))
    for (const atMs of instants.slice(0, 10)) {
      for (const site of kept) {
        const newest = newestOn(site, atMs)
        if (newest !== null) expect(newest >= localDay(atMs - 9 * DAY), `${site.host} ${newest}`).toBe(true)
      }
    }
    const night = Date.parse('2026-03-10T03:00:00+08:00')
    const changed = sites.filter((site) => newestOn(site, night) !== newestOn(site, night + 4 * HOUR))
    expect(changed).toEqual([])
  })

  it('never shows a newest date that has not come yet', () => {
    for (const atMs of instants) {
      for (const site of sites) expect((newestOn(site, atMs) ?? '') <= localDay(atMs)).toBe(true)
    }
  })
})

describe('a rota', () => {
  it('gives every member one turn in a lap, and finds the turns of a member', () => {
    const members = [3, 14, 15, 92, 65, 35, 89]
    const rota = makeRota(members, HOUR, 42)
    const lap = members.map((_, number) => turnAt(rota, rota.offsetMs + number * HOUR).member)
    expect([...lap].sort()).toEqual([...members].sort())
    for (const member of members) {
      const turns = turnsOf(rota, member, NOW, NOW + 70 * HOUR)
      expect(turns.length).toBeGreaterThanOrEqual(9)
      for (const turn of turns) expect(turnAt(rota, turn.start)).toEqual(turn)
    }
  })
})
