import type { IncomingMessage } from 'node:http'
import { MAX_ATTACHMENT_BYTES } from '../../shared/attachments.ts'
import { Refusal } from '../refusal.ts'

/**
 * Reads a raw request body of at most the size of an attachment. What is announced to be larger is not read.
 * @throws Refusal too_large
 */
export async function readBody(req: IncomingMessage): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > MAX_ATTACHMENT_BYTES) throw tooLarge()
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_ATTACHMENT_BYTES) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

const tooLarge = () =>
  new Refusal('too_large', '文件太大，每个不超过 10 MB。The file is too large: 10 MB at most.')
