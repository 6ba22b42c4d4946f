import { once } from 'node:events'
import type { Response } from 'express'

/** Writes as fast as the other side reads. @returns false when it has gone away */
export async function written(res: Response, text: string | Uint8Array): Promise<boolean> {
  if (res.closed) return false
  if (!res.write(text)) await Promise.race([once(res, 'drain'), once(res, 'close')])
  return !res.closed
}
