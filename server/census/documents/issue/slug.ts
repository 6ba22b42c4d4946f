import { randomBytes } from 'node:crypto'

/** The last part of an address that nobody guesses before they are given it: 16 signs that are not mistaken for others. */
export const slugOf = (): string =>
  [...randomBytes(16)].map((byte) => 'abcdefghjkmnpqrstuvwxyz23456789'[byte % 31]).join('')
