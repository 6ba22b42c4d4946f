import { createHash } from 'node:crypto'

/** A number that looks like chance and is the same at every start. */
export const diceOf = (text: string): number =>
  Number.parseInt(createHash('sha256').update(text).digest('hex').slice(0, 8), 16)
