import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AnswerReader } from '../../../../server/monitor/visit/http/reader.ts'

const options = { maxBytes: 1_000_000, wantsBody: () => true }

/** Feeds bytes in pieces that end at `cuts`, through one buffer that is overwritten each time, as a socket does. */
function read(bytes: Buffer, cuts: number[]) {
  const reader = new AnswerReader(options)
  const shared = Buffer.alloc(bytes.length)
  const ends = [...new Set([...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  )
  let start = 0
  for (const end of ends) {
    const piece = shared.subarray(0, bytes.copy(shared, 0, start, end))
    start = end
    if (piece.length > 0 && reader.push(piece)) break
    shared.fill(0x7e)
  }
  reader.end()
  const { head, fault } = reader
  return { status: head?.status, isOdd: head?.isOdd, fault, body: reader.body.toString('latin1') }
}

const ANSWERS = [
  'HTTP/1.1 200 OK\r\nContent-Length: 11\r\nServer: nginx\r\n\r\n<p>hello</p>',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n1f\r\nabcdefghijklmnopqrstuvwxyz01234\r\n0\r\n\r\n',
  'HTTP/1.1 200 OK\nServer: old\n\nuntil the end\n\r\n\n',
  '\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf',
  'GARBAGE',
].map((text) => Buffer.from(text, 'latin1'))

test('however the network cuts an answer into pieces, the same is read', () => {
  const whole = ANSWERS.map((bytes) => read(bytes, []))
  const property = fc.property(
    fc.nat(ANSWERS.length - 1),
    fc.array(fc.nat(400), { maxLength: 30 }),
    (index, cuts) => {
      expect(read(ANSWERS[index]!, cuts)).toEqual(whole[index])
    },
  )
  fc.assert(property, { numRuns: 2000 })
  for (const [index, bytes] of ANSWERS.entries()) {
    expect(read(bytes, Array.from(bytes.keys()))).toEqual(whole[index])
  }
})

test('no bytes whatever make it throw', () => {
  const near = fc.constantFrom(
    'HTTP/1.1 200 OK\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Content-Length: 5\r\n',
    '\r\n',
    '\n',
    '5\r\nhello\r\n',
    '0\r\n',
    ':',
    ' x\r\n',
  )
  const bytes = fc
    .array(
      fc.oneof(
        near.map((text) => Buffer.from(text)),
        fc.uint8Array({ maxLength: 8 }).map((part) => Buffer.from(part)),
      ),
      { maxLength: 20 },
    )
    .map((parts) => Buffer.concat(parts))
  fc.assert(
    fc.property(bytes, fc.array(fc.nat(200)), (input, cuts) => void read(input, cuts)),
    { numRuns: 2000 },
  )
})
