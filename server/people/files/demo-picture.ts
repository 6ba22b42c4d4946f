import { crc32, deflateSync } from 'node:zlib'

const WIDTH = 480
const HEIGHT = 320
/** Colours of the made-up page, by number: paper, head, text, mark. */
const PALETTE = [0xff, 0xff, 0xff, 0x1f, 0x5f, 0x9e, 0xc9, 0xce, 0xd6, 0xd0, 0x2c, 0x2c]

/** A made-up screenshot of the demo: a page with a head, lines of text, and a red frame around what was found. */
export function demoScreenshot(): Buffer {
  const rows = Buffer.alloc((WIDTH + 1) * HEIGHT)
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) rows[y * (WIDTH + 1) + 1 + x] = colourAt(x, y)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH, 0)
  header.writeUInt32BE(HEIGHT, 4)
  // Eight bits each, by palette.
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(PALETTE)),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function colourAt(x: number, y: number): number {
  if (y < 48) return 1
  const isFrame = x >= 30 && x <= 330 && y >= 138 && y <= 182
  if (isFrame && (x < 33 || x > 327 || y < 141 || y > 179)) return 3
  const isLine = y % 26 > 8 && y % 26 < 18 && x > 40 && x < 250 + ((y / 26) | 0) * 17
  return isLine ? 2 : 0
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data])
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  size.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([size, body, sum])
}
