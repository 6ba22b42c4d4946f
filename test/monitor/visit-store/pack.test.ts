import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CorruptPack } from '../../../server/monitor/visit-store/bytes.ts'
import {
  type HourSums,
  packHours,
  packVisits,
  type StoredVisit,
  unpackHours,
  unpackMarks,
  unpackVisits,
} from '../../../server/monitor/visit-store/pack.ts'
import { DAY, HOUR } from '../../../shared/base/time.ts'

const START = Date.parse('2026-01-10T00:00:00Z')

/** Durations as the monitor measures them: tenths of a millisecond. */
const ms = fc.option(fc.integer({ min: 0, max: 150_000 }).map((tenths) => tenths / 10))
const visit: fc.Arbitrary<StoredVisit> = fc.record({
  atMs: fc.integer({ min: START, max: START + DAY - 1 }),
  outcome: fc.integer({ min: 0, max: 2 }),
  cause: fc.option(fc.oneof(fc.constantFrom('timeout', 'http_5xx', 'blocked_captcha'), fc.string())),
  status: fc.option(fc.integer({ min: -32_768, max: 32_767 })),
  extra: fc.boolean(),
  excluded: fc.boolean(),
  dnsMs: ms,
  connectMs: ms,
  tlsMs: ms,
  ttfbMs: ms,
  totalMs: ms,
  bytes: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
})
const day = fc.array(visit, { maxLength: 400 }).map((visits) => visits.sort((a, b) => a.atMs - b.atMs))

const count = fc.integer({ min: 0, max: 720 })
const hours: fc.Arbitrary<HourSums[]> = fc
  .uniqueArray(
    fc.record({
      hourMs: fc.integer({ min: 0, max: 23 }).map((hour) => START + hour * HOUR),
      total: count,
      failed: count,
      excluded: count,
      okMsSum: fc.integer({ min: 0, max: 720 * 150_000 }).map((tenths) => tenths / 10),
      maxMs: fc.integer({ min: 0, max: 150_000 }).map((tenths) => tenths / 10),
    }),
    { selector: ({ hourMs }) => hourMs },
  )
  .map((sums) => sums.sort((a, b) => a.hourMs - b.hourMs))

/** A day at five minutes, as a real site has them. */
const usual: StoredVisit[] = Array.from({ length: 288 }, (_, n) => ({
  atMs: START + n * 300_000 + 87_123 + ((n * 7919) % 500),
  outcome: 0,
  cause: null,
  status: 200,
  extra: false,
  excluded: false,
  dnsMs: 0,
  connectMs: 8 + ((n * 31) % 40) / 10,
  tlsMs: 18 + ((n * 17) % 80) / 10,
  ttfbMs: 90 + ((n * 6151) % 800) / 10,
  totalMs: 182 + ((n * 4001) % 900) / 10,
  bytes: 37_000 + Math.floor(n / 20),
}))

describe('packed visits', () => {
  it('come back as they were stored, whatever they were', () => {
    fc.assert(
      fc.property(day, (visits) => {
        const packed = packVisits(START, visits)
        expect(unpackVisits(START, packed)).toEqual(visits)
        const marks = visits.map(({ atMs, outcome, extra, excluded }) => ({ atMs, outcome, extra, excluded }))
        expect(unpackMarks(START, packed)).toEqual(marks)
      }),
    )
  })

  it('keep durations to a tenth of a millisecond and instants to the millisecond', () => {
    const [first] = usual as [StoredVisit]
    const fine = { ...first, atMs: START + 5.4, dnsMs: 0.04, ttfbMs: 99.96, totalMs: 120.25 }
    expect(unpackVisits(START, packVisits(START, [fine]))).toEqual([
      { ...first, atMs: START + 5, dnsMs: 0, ttfbMs: 100, totalMs: 120.3 },
    ])
  })

  it('take 3 KB for a day at an interval of five minutes at most', () => {
    expect(packVisits(START, usual).length).toBeLessThan(3_000)
  })
})

describe('packed hours', () => {
  it('come back as they were stored', () => {
    fc.assert(
      fc.property(hours, (sums) => {
        expect(unpackHours(START, packHours(START, sums))).toEqual(sums)
      }),
    )
  })

  it('take 200 bytes a day at most', () => {
    const sums = Array.from({ length: 24 }, (_, hour) => ({
      hourMs: START + hour * HOUR,
      total: 12,
      failed: hour % 7 === 3 ? 2 : 0,
      excluded: 0,
      okMsSum: 2_400 + ((hour * 6151) % 3_000) / 10,
      maxMs: 300 + ((hour * 4001) % 2_000) / 10,
    }))
    expect(packHours(START, sums).length).toBeLessThan(200)
  })
})

describe('damaged bytes', () => {
  const packed = packVisits(START, usual)

  it('are said to be so, whichever byte is another', () => {
    fc.assert(
      fc.property(fc.nat(packed.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Buffer.from(packed)
        damaged[at] = (damaged[at] ?? 0) ^ change
        expect(() => unpackVisits(START, damaged)).toThrow(CorruptPack)
      }),
    )
  })

  it('are said to be so when they are cut, or anything at all', () => {
    const cut = fc.nat(packed.length - 1).map((length) => packed.subarray(0, length))
    fc.assert(
      fc.property(fc.oneof(cut, fc.uint8Array()), (bytes) => {
        expect(() => unpackVisits(START, bytes)).toThrow(CorruptPack)
        expect(() => unpackHours(START, bytes)).toThrow(CorruptPack)
      }),
    )
  })

  it('of hours are not taken for visits', () => {
    const sums = [{ hourMs: START, total: 1, failed: 0, excluded: 0, okMsSum: 4, maxMs: 4 }]
    expect(() => unpackVisits(START, packHours(START, sums))).toThrow(CorruptPack)
    expect(() => unpackHours(START, packVisits(START, usual))).toThrow(CorruptPack)
  })
})
