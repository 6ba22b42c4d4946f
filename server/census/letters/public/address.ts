import { foldSigns } from '../../../../shared/base/signs.ts'

/** What an address begins with, from the largest; a quarter that houses stand in is none of it. */
const LEVELS = [
  /^.{2,8}?(?:省|自治区)/u,
  /^.{2,8}?市/u,
  /^.{2,7}?(?:(?<![小社园])区|县|市)/u,
  /^.{2,7}?(?:街道|镇|乡)/u,
]
/** Less of one is any house of that number. */
const LEAST_ADDRESS = 5

/** An address, and what is left of it without its province, city, district and street office, where that still says which house. */
export function partsOfAddress(address: string): string[] {
  const parts = [address.replace(/\s/g, '')]
  for (const level of LEVELS) {
    const left = parts.at(-1)?.replace(level, '') ?? ''
    if (left !== parts.at(-1)) parts.push(left)
  }
  const says = (part: string) => part.length >= LEAST_ADDRESS && /\d|号/.test(foldSigns(part))
  return parts.filter((part, n) => n === 0 || says(part))
}
