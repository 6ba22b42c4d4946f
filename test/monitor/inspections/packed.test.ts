import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { packLinks, unpackLinks } from '../../../server/monitor/inspections/crawl/packed.ts'

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
