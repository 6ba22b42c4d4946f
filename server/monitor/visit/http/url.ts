import { isUtf8 } from 'node:buffer'

const BLANK = /[\s\u200b\u200e\u200f\ufeff]/
/** No server takes a longer one; what is longer was made to be long. */
const MAX_ADDRESS = 8_192
/** `http//x`, `http:\\x`, `http：／／x`, `http:x`: what people type for `http://x`. */
const SCHEME = /^(https?)(?:[:：]\s*[/\\／＼]*|[/\\／＼]{2,})\s*/i
const OTHER_SCHEME = /^[a-z][a-z0-9+.-]*:(?!\d)/i
/** `http://www.by.gov.cnhttp/www.by.gov.cn/`: an address pasted behind itself. */
const PASTED_TWICE = /^(.+\.[a-z]{2,})https?$/i

/** Without the blanks around it, invisible ones included. A pattern that looks for blanks before an end is quadratic. */
function trimmed(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && BLANK.test(text.charAt(start))) start++
  while (end > start && BLANK.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

function withoutRepeatedScheme(text: string): { scheme: string; rest: string } | null {
  let scheme = ''
  let rest = text
  for (let found = SCHEME.exec(rest); found?.[1]; found = SCHEME.exec(rest)) {
    scheme = found[1].toLowerCase()
    rest = rest.slice(found[0].length)
  }
  if (scheme === '' && OTHER_SCHEME.test(rest)) return null
  return { scheme: scheme || 'http', rest: rest.replace(/^[/\\／＼]+/, '') }
}

function tidyAuthority(rest: string): string {
  const end = rest.search(/[/\\?#／＼]/)
  const authority = (end < 0 ? rest : rest.slice(0, end)).replace(/\s+/g, '').replace(/：/g, ':')
  return authority + (end < 0 ? '' : rest.slice(end).replace(/[／＼]/g, '/'))
}

function parse(text: string, base?: URL): URL | null {
  try {
    const url = new URL(text, base)
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : null
  } catch {
    return null
  }
}

function tidyHost(url: URL): URL {
  const pasted = PASTED_TWICE.exec(url.hostname)
  if (pasted?.[1] && url.pathname.startsWith(`/${pasted[1]}`)) {
    url.hostname = pasted[1]
    url.pathname = url.pathname.slice(pasted[1].length + 1)
  }
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.replace(/\.+$/, '')
  url.hash = ''
  url.username = ''
  url.password = ''
  return url
}

/**
 * The address that a register entry means: blanks, full-width punctuation, backslashes, a missing or doubled
 * scheme and Chinese host names are what real registers hold. Null if it is no HTTP address at all.
 */
export function toUrl(text: string): URL | null {
  if (text.length > MAX_ADDRESS) return null
  const parts = withoutRepeatedScheme(trimmed(text))
  if (parts === null || parts.rest === '') return null
  const url = parse(`${parts.scheme}://${tidyAuthority(parts.rest)}`)
  return url && url.hostname !== '' ? tidyHost(url) : null
}

/** A header value came as bytes: UTF-8 if it can be, else (GBK, mostly) kept byte for byte as `%XX`. */
function fromBytes(latin1: string): string {
  if (!/[\x80-\xff]/.test(latin1)) return latin1
  const bytes = Buffer.from(latin1, 'latin1')
  if (isUtf8(bytes)) return bytes.toString('utf8')
  return latin1.replace(/[\x80-\xff]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
}

/** Where the `Location` header of an answer from `base` leads; null if that is no HTTP address. */
export function locationUrl(value: string, base: URL): URL | null {
  return resolveUrl(fromBytes(value), base)
}

/** Where a reference on the page at `base` leads. Null if that is no HTTP address. */
export function resolveUrl(text: string, base: URL): URL | null {
  if (text.length > MAX_ADDRESS) return null
  const target = trimmed(text)
  const isAbsolute = /^https?(?:[:：][/\\]|[/\\]{2})/i.test(target)
  const url = isAbsolute ? toUrl(target) : parse(target, base)
  return url && url.hostname !== '' ? tidyHost(url) : null
}
