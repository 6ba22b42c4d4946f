import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { atOnce } from '../../../server/base/slices.ts'
import { drawing, frameHash, seatsOf, stratumOf } from '../../../server/census/rounds/draw.ts'

const sha = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')
const seats = (sizes: Record<string, number>, share: number) =>
  Object.fromEntries(seatsOf(new Map(Object.entries(sizes)), share))
const list = (n: number, stratum = 'street/440106') =>
  Array.from({ length: n }, (_, at) => ({ code: `440106${String(at).padStart(4, '0')}`, stratum }))
const drawn = (
  sites: ReturnType<typeof list>,
  given: { seed?: string; share?: number; second?: number } = {},
) => atOnce(drawing(sites, { seed: '20260310', share: 0.1, second: 0.2, ...given }))

describe('how many sites of each stratum are drawn', () => {
  it.each([
    ['what is due to each, where nothing is left over', { a: 10, b: 20 }, 0.1, { a: 1, b: 2 }],
    ['what is left goes to the largest remainder', { a: 14, b: 16, c: 20 }, 0.1, { a: 1, b: 2, c: 2 }],
    ['of equal remainders to the first by name', { b: 15, a: 15 }, 0.1, { a: 2, b: 1 }],
    ['a stratum left with none has one on top', { a: 97, b: 1, c: 2 }, 0.1, { a: 10, b: 1, c: 1 }],
    ['a share of all is never less than was asked: 7 of 61', { a: 61 }, 0.1, { a: 7 }],
    ['all of them', { a: 3, b: 1 }, 1, { a: 3, b: 1 }],
    ['next to none: one each', { a: 300, b: 200 }, 0.000001, { a: 1, b: 1 }],
    ['0.1 of 30 is 3, whatever the machine makes of it', { a: 30 }, 0.1, { a: 3 }],
    ['0.29 of 100 is 29', { a: 100 }, 0.29, { a: 29 }],
  ])('%s', (_, sizes, share, expected) => expect(seats(sizes, share)).toEqual(expected))

  it('of nothing, none', () => expect(seats({}, 0.5)).toEqual({}))
})

describe('a draw', () => {
  it('takes the smallest SHA-256 of seed|code, keeps the rank of every site, and names the next in reserve', () => {
    const sites = drawn(list(20))
    const byHash = list(20)
      .map(({ code }) => code)
      .sort((a, b) => (sha(`20260310|${a}`) < sha(`20260310|${b}`) ? -1 : 1))
    expect(sites.map(({ code }) => code)).toEqual(byHash)
    expect(sites.map(({ rank }) => rank)).toEqual(byHash.map((_, at) => at + 1))
    expect(sites.map(({ draw }) => draw)).toEqual(['chosen', 'chosen', 'reserve', ...Array(17).fill('rest')])
  })

  it('has no reserve where all are chosen', () => {
    expect(new Set(drawn(list(3), { share: 1 }).map(({ draw }) => draw))).toEqual(new Set(['chosen']))
  })

  it('is the same in whatever order the list comes, and another by another seed', () => {
    const mixed = [
      ...list(50),
      ...list(50, 'town/440117').map((one, at) => ({ ...one, code: `44011700${10 + at}` })),
    ]
    expect(drawn(mixed.toReversed())).toEqual(drawn(mixed))
    expect(drawn(mixed, { seed: '20260311' })).not.toEqual(drawn(mixed))
  })

  it('gives a second look to the smallest SHA-256 of seed|second|code among the chosen, rounded up', () => {
    const chosen = drawn(list(60)).filter(({ draw }) => draw === 'chosen')
    const expected = chosen
      .map(({ code }) => code)
      .sort((a, b) => (sha(`20260310|second|${a}`) < sha(`20260310|second|${b}`) ? -1 : 1))
      .slice(0, 2)
    const looked = chosen.flatMap(({ code, second }) => (second ? [code] : []))
    expect(looked.sort()).toEqual(expected.sort())
    expect(drawn(list(60), { second: 0 }).some(({ second }) => second)).toBe(false)
  })

  it('hashes seeds as UTF-8', () => {
    const [first] = drawn(list(20), { seed: '二〇二六年三月十日' })
    const hashes = list(20).map(({ code }) => sha(`二〇二六年三月十日|${code}`))
    expect(sha(`二〇二六年三月十日|${first?.code}`)).toBe(hashes.sort()[0])
  })

  it('of a whole nation is one list', () => {
    const sites = Array.from({ length: 84_094 }, (_, at) => ({
      code: String(10 ** 9 + at),
      stratum: `s${at % 300}`,
    }))
    expect(drawn(sites).filter(({ draw }) => draw === 'chosen')).toHaveLength(8_410)
  })
})

describe('the hash of a list', () => {
  it('is of its lines in the order of the codes, and another when a stratum is', () => {
    const [a, b] = [
      { code: '2', stratum: 'x' },
      { code: '10', stratum: 'y' },
    ] as const
    expect(frameHash([a, b])).toBe(sha('10,y\n2,x'))
    expect(frameHash([a, { ...b, stratum: 'x' }])).not.toBe(frameHash([a, b]))
  })
  it('without strata, of the codes', () =>
    expect(
      frameHash([
        { code: '2', stratum: null },
        { code: '1', stratum: null },
      ]),
    ).toBe(sha('1\n2')))
})

it('a stratum is named by what the sample is divided by', () => {
  const site = { level: 'street', district: '440106' }
  expect(stratumOf(site, ['level', 'district'])).toBe('street/440106')
  expect(stratumOf(site, ['district'])).toBe('440106')
  expect(stratumOf(site, [])).toBe('all')
})
