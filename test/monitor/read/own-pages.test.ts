import { describe, expect, test } from 'vitest'
import { readPage } from '../../../server/monitor/read/read.ts'
import { OWN_REF, type OwnPage } from './own-pages/kit.ts'
import { bytesOf, FAMILY_PAGES, OWN_PAGES } from './own-pages/pages.ts'

/* What the labelled pages of real sites test, on pages that are always here. */

const ENCODINGS = [
  ['UTF-8', 'utf8', false],
  ['GBK', 'gbk', false],
  ['UTF-8 that calls itself GBK', 'utf8', true],
  ['GBK that calls itself UTF-8', 'gbk', true],
] as const

function answer(own: OwnPage, encoding: 'utf8' | 'gbk', lie: boolean) {
  const { kind, url } = own
  return readPage({
    bytes: bytesOf(own, encoding, lie),
    kind,
    ref: OWN_REF,
    ...(url === undefined ? {} : { url }),
  })
}

describe.each(ENCODINGS)('in %s', (_, encoding, lie) => {
  test.each([...OWN_PAGES, ...FAMILY_PAGES].map((own) => [own.name, own] as const))('%s', (_name, own) => {
    const found = answer(own, encoding, lie)
    expect(found.newest).toBe(own.gold)
    expect(found.outcome).toBe(
      own.gold === null ? (own.reason === 'drawn_by_script' ? 'unreadable' : 'undated') : 'dated',
    )
    if (own.reason !== undefined) expect(found.reason).toBe(own.reason)
    const isAscii = /^[\0-\x7f]*$/.test(own.html(''))
    if (!isAscii) expect(found.encoding).toBe(encoding === 'utf8' ? 'utf-8' : 'gb18030')
  })
})

test('a dated article names no address: the link that stands nearest is not its own', () => {
  for (const own of OWN_PAGES.filter(({ kind, gold }) => kind === 'article' && gold !== null)) {
    const { evidence } = answer(own, 'utf8', false)
    expect(evidence?.date, own.name).toBe(own.gold)
    expect(evidence?.href, own.name).toBeUndefined()
  }
})

test('no answer is later than its reference day, however early that is', () => {
  for (const own of OWN_PAGES) {
    const { newest } = readPage({ bytes: bytesOf(own, 'utf8'), kind: own.kind, ref: '2018-06-15' })
    expect(newest === null || newest <= '2018-06-15', own.name).toBe(true)
  }
})
