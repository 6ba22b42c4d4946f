/*
 * Text from outside (pages, headers, certificates, answers, files, requests) as it may be kept. PostgreSQL stores
 * neither U+0000 nor half of a surrogate pair, and one of them makes it refuse everything that is stored with it.
 */

/** More code units than a character of several parts has: an emoji family, a letter with its accents. */
const LONGEST_CHARACTER = 32
/** Code units as the memory of every machine in use holds them. */
const UNITS = new TextDecoder('utf-16le', { ignoreBOM: true })
/** Begins a character whatever stands before it: Latin letters, digits, signs and the common Han characters. */
const BEGINS = /[ -~\u3400-\u9fff]/

let characters: Intl.Segmenter | null = null

/** The text without U+0000, and with U+FFFD for each half of a surrogate pair that stands alone. */
export function storable(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed()
  return whole.includes('\0') ? withoutNul(whole) : whole
}

/** Every other character of a page of megabytes can be one: replacing takes half a second there, this some ms. */
function withoutNul(text: string): string {
  const units = new Uint16Array(text.length)
  let kept = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit !== 0) units[kept++] = unit
  }
  return ofUnits(units.subarray(0, kept))
}

/** The text of these code units. */
export const ofUnits = (units: Uint16Array): string => UNITS.decode(units)

/** The beginning of a text as it may be kept: at most `max` UTF-16 units, and no character cut in two. */
export function cut(text: string, max: number): string {
  return storable(beginning(text, max))
}

/** The same of a text that can be stored as it is, as all that a decoded page is made of: it is not looked through again. */
export function beginning(text: string, max: number): string {
  return text.length <= max ? text : text.slice(0, cutPlace(text, max))
}

/** Where to cut at or before `max`: in front of the character that reaches beyond it. */
function cutPlace(text: string, max: number): number {
  if (BEGINS.test(text.charAt(max))) return max
  characters ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  const from = Math.max(0, max - LONGEST_CHARACTER)
  const near = text.slice(from, max + LONGEST_CHARACTER)
  const begin = from + (characters.segment(near).containing(max - from)?.index ?? 0)
  // A letter under a heap of accents without end has to be cut all the same.
  if (begin > from) return begin
  return isLowSurrogate(text.charCodeAt(max)) ? max - 1 : max
}

const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff
