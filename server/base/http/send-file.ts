import type { Response } from 'express'
import { written } from './written.ts'

type Pieces = AsyncIterator<string | Uint8Array> | Iterator<string | Uint8Array>

/** Sends a file piece by piece. @returns nothing, to be no answer besides */
export async function sendFile(res: Response, pieces: Pieces, name: string): Promise<string> {
  // Before anything is sent: what fails here is still answered as a refusal.
  let piece = await pieces.next()
  res.attachment(name)
  for (; !piece.done; piece = await pieces.next()) {
    if (!(await written(res, piece.value))) break
  }
  res.end()
  return ''
}
