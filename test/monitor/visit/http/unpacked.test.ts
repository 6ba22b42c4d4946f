import { brotliCompressSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { HOME, page, proberFor, serve } from '../servers.ts'

const LONG = HOME.repeat(30)
const CHANGED = LONG.replace('工作动态', '通知公告')

/** A home page that is sent as told; each visit knows the page of the one before. */
async function site(known: string | null = null) {
  let send = page(LONG)
  const { port } = await serve((...args) => send(...args))
  const prober = proberFor()
  const url = `http://site.localhost:${port}/`
  return {
    sends: (body: string, packed = gzipSync(body), coding = 'gzip') => {
      send = page(packed, { 'Content-Encoding': coding, ETag: `"${packed.length}"` })
    },
    answers: (behaviour: ReturnType<typeof page>) => {
      send = behaviour
    },
    async visit() {
      const { result, body } = await prober.visit({ url, known })
      known = result.bodyHash ?? known
      return { result, text: body && Buffer.from(body).toString() }
    },
  }
}

test('a page that comes compressed is not unpacked again while its bytes are the same, and all is said of it as before', async () => {
  const { sends, visit } = await site()
  sends(LONG)
  const first = await visit()
  expect(first.text).toBe(LONG)
  expect((await visit()).text, 'which bytes are the known page is learnt').toBe(LONG)
  const third = await visit()
  expect(third.text).toBeNull()
  const { dnsMs, connectMs, ttfbMs, totalMs, ...rest } = first.result
  expect(third.result).toMatchObject(rest)
})

test('other bytes are unpacked: of a page that has changed, and of one that is only packed otherwise', async () => {
  const { sends, visit } = await site()
  sends(LONG)
  for (let n = 0; n < 3; n++) await visit()
  sends(CHANGED)
  const changed = await visit()
  expect(changed.text).toBe(CHANGED)
  for (let n = 0; n < 2; n++) await visit()
  sends(CHANGED, brotliCompressSync(CHANGED), 'br')
  expect(await visit()).toMatchObject({ text: CHANGED, result: { bodyHash: changed.result.bodyHash } })
  sends(LONG)
  expect((await visit()).text, 'a page of before is no known one').toBe(LONG)
})

test('what is known of the same bytes is nothing where another page is known, or they come with another status or coding', async () => {
  const { sends, answers, visit } = await site()
  sends(LONG)
  for (let n = 0; n < 3; n++) await visit()
  const packed = gzipSync(LONG)
  answers(page(packed, { 'Content-Encoding': 'gzip' }, '500 Internal Server Error'))
  expect((await visit()).result).toMatchObject({ outcome: 'failed', cause: 'http_5xx', bodyHash: null })
  answers(page(packed, { 'Content-Encoding': 'br' }))
  expect((await visit()).result).toMatchObject({ outcome: 'failed', cause: 'bad_encoding' })
  answers(page(packed.subarray(0, -9), { 'Content-Encoding': 'gzip' }))
  expect((await visit()).result).toMatchObject({ outcome: 'failed', cause: 'truncated' })
  answers(page(packed))
  expect((await visit()).text, 'bytes that say of no coding are the page').toBe(packed.toString())
  sends(LONG)
  expect((await visit()).text).toBe(LONG)
})

test('a page of two sites is one of each: what is known of one says nothing of the other', async () => {
  const one = await site()
  one.sends(LONG)
  for (let n = 0; n < 3; n++) await one.visit()
  const other = await site('0000000100000001')
  other.sends(LONG)
  for (let n = 0; n < 2; n++) expect((await other.visit()).text).toBe(LONG)
})
