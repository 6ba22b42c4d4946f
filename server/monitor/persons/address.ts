import { createHash } from 'node:crypto'
import { beginning } from '../../../shared/base/text.ts'
import { coversOfRecord, withoutPersons } from './find.ts'
import { replaced, STARS } from './mask.ts'

/*
 * Addresses name persons, too: what they ask for (`?name=张三&sfzh=4401…`) and the parts of their paths. What leaves the monitor has
 * them covered as words are; the true address is where the crawl keeps it.
 */

/** Between the parts of what comes behind the host; an equals sign stands between a name and its value. */
const PARTS = /([/?&;=#])/
const BEGIN = /^(?:[a-z][\w+.-]*:)?\/\/[^/?#]*/i
/** What of an address may be one within a text. */
const ADDRESS =
  /https?:\/\/[^\s"'<>]+|(?<![^\s"'<>(])\/[^\s"'<>]+|(?<![^\s"'<>])(?=[^\s"'<>]*%[0-9a-f]{2}|[^\s"'<>?]*\?[^\s"'<>]*=)[^\s"'<>]+/gi
/** Nobody follows a longer one: of such an address the beginning is shown. */
const MOST_ADDRESS = 4_000
/** Some addresses are encoded again within another. */
const MOST_DECODED = 3
const OLD = new TextDecoder('gb18030')

/**
 * An address as it may be shown: numbers of persons covered, and the names beside them; one that names nobody as it is. Of several that
 * are the same then, each is told from the others by two signs behind it, which thousands have in common and nobody is found by.
 */
export function shownAddress(address: string, today: string): string {
  const own = beginning(address, MOST_ADDRESS)
  const shown = withoutPersonsIn(own, today)
  if (shown === own) return own
  const sign = createHash('sha256').update(address).digest('base64url').slice(0, 2)
  return `${shown}${shown.includes('#') ? '' : '#'}~${sign}`
}

/** Whether something of an address was covered: nobody can open it. */
export const isCoveredAddress = (address: string): boolean =>
  address.includes(STARS) && /#.*~..$/.test(address)

/** A text with the numbers of persons in it covered, those too of addresses in it, and the names beside them. */
export function shownText(text: string, today: string): string {
  if (!/\d/.test(text)) return text
  return withoutPersons(
    text.replace(ADDRESS, (address) => shownAddress(address, today)),
    today,
  )
}

function withoutPersonsIn(address: string, today: string): string {
  if (!/\d{6}/.test(address.replace(/%[0-9a-f]{2}/gi, ' ')) && !address.includes('%')) return address
  const begin = BEGIN.exec(address)?.[0] ?? ''
  const parts = address.slice(begin.length).split(PARTS)
  const values = parts.filter((_, at) => at % 2 === 0)
  const plain = values.map(decoded)
  const labels = plain.map((_, at) => (parts[2 * at - 1] === '=' ? (plain[at - 1] ?? '') : ''))
  const covers = coversOfRecord(labels, plain, today)
  if (covers.every((some) => some.length === 0)) return address
  const shown = values.map((value, at) => {
    const own = covers[at] ?? []
    if (own.length === 0) return value
    const left = replaced(plain[at] ?? '', own)
    return value.includes('%') ? encodeURIComponent(left) : left
  })
  return begin + parts.map((part, at) => (at % 2 === 0 ? (shown[at / 2] ?? '') : part)).join('')
}

/** A part of an address in words, each sign of space as a blank. */
export function decoded(part: string): string {
  let text = part.replace(/\+/g, ' ')
  for (let n = 0; n < MOST_DECODED && /%[0-9a-f]{2}/i.test(text); n++) text = once(text)
  return text.replace(/\s/g, ' ')
}

const once = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    // Older systems write their own encoding.
    return text.replace(/(?:%[0-9a-f]{2})+/gi, (coded) =>
      OLD.decode(Buffer.from(coded.replaceAll('%', ''), 'hex')),
    )
  }
}
