import { crc32 } from 'node:zlib'

const hex = (value: number) => value.toString(16).padStart(8, '0')

/**
 * Length and CRC-32, at a quarter of the cost of a SHA: it has to tell whether a page changed, not to withstand
 * anybody, and it is the dearest thing that is done to a page that did not change.
 */
export function fingerprint(body: Buffer): string {
  return hex(body.length) + hex(crc32(body))
}

/** How long what bears a fingerprint is, in bytes. */
export const lengthOf = (print: string): number => Number.parseInt(print.slice(0, 8), 16)
