import type { IncomingMessage } from 'node:http'
import { Refusal } from '../refusal.ts'

/**
 * Reads a raw request body of at most so many bytes. What is announced to be larger is not read.
 * @throws Refusal too_large
 */
export async function readBody(req: IncomingMessage, most: number): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > most) throw tooLarge(most)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > most) throw tooLarge(most)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

function tooLarge(most: number): Refusal {
  const size = `${Math.floor(most / 2 ** 20)} MB`
  return new Refusal('too_large', 'attachments.fileLarge', { values: { size } })
}
