import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import {
  homeAsKept,
  packHome,
  packLinks,
  unpackLinks,
} from '../../../server/monitor/inspections/crawl/packed.ts'
import { MAX_BYTES } from '../../../server/monitor/visit/visit.ts'

const links = (path: (n: number) => string) =>
  Array.from({ length: 1_500 }, (_, n) => ({
    ...{ url: `http://www.thnet.gov.cn/${path(n)}`, kind: 'page' as const, text: '关于开展工作的通知' },
    manner: 'link' as const,
  }))
const madeUp = (n: number) =>
  Array.from({ length: 20 }, (_, k) => createHash('sha512').update(`${n} ${k}`).digest('hex')).join('')

it('links of a page are kept to go on with, unless they were made to fill what they are kept in', async () => {
  const real = links((n) => `gzdt/202${n % 7}/content/post_${7_000_000 + n * 37}.html`)
  const packed = await packLinks(real)
  expect(await unpackLinks(packed ?? Buffer.alloc(0))).toEqual(real)
  expect(await packLinks(links((n) => madeUp(n).slice(0, 1_900)))).toBeNull()
})

it('a home page that is kept is known to be cut where there was more of it than is fetched', async () => {
  const isCut = async (size: number) => {
    const body = await packHome(Buffer.alloc(size, 'x'))
    return (await homeAsKept(1, { url: 'http://www.thnet.gov.cn/', status: 200, headers: {}, body })).isCut
  }
  expect([await isCut(MAX_BYTES - 1), await isCut(MAX_BYTES)]).toEqual([false, true])
})
