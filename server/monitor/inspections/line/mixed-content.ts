import type { Limits } from '../../../../shared/monitor/inspections/inspections-rules.ts'
import type { Parsed, ParsedElement } from '../page/parsed.ts'
import type { Outcome, PageRule, Problem, Retrieved } from '../rule.ts'

/** What a browser fetches by itself for a page, by element: the attributes with its address. */
const FETCHED: Readonly<Record<string, readonly string[]>> = {
  ...{ script: ['src'], iframe: ['src'], frame: ['src'], embed: ['src'], object: ['data'] },
  ...{
    img: ['src'],
    audio: ['src'],
    video: ['src', 'poster'],
    source: ['src'],
    track: ['src'],
    input: ['src'],
  },
  ...{ image: ['href', 'xlink:href'], use: ['href', 'xlink:href'] },
}
/** Lists of pictures, of which a browser takes one. */
const LISTS: Readonly<Record<string, string>> = { img: 'srcset', source: 'srcset' }
/**
 * What stands in a style sheet, taken whole: notes, what names a dialect, what only old browsers read, an address (1 to 3), a sheet that is
 * taken in (4, 5), a text. In a picture that is written out there may be addresses that nobody asks for.
 */
const OF_SHEETS =
  /\/\*[\s\S]*?(?:\*\/|$)|@namespace\b[^;{}]*|(?<![\w-])(?:-ms-)?behavior\s{0,9}:[^;}]*|url\(\s*(?:"([^"]*)"|'([^']*)'|([^)]*))|@import\s{1,9}(?:"([^"]*)"|'([^']*)')|"[^"\n]*"|'[^'\n]*'/gi
/** Of a `<link>` those kinds are fetched; others only say something. */
const FETCHED_LINKS = /(?:^|\s)(?:stylesheet|icon|preload|modulepreload|manifest)(?:\s|$)/i
/** What can change the page, and is not loaded by browsers at all. */
const ACTIVE = new Set(['script', 'iframe', 'frame', 'embed', 'object', 'link', 'style'])

/** Parts of a page by HTTPS that are fetched without it. */
export const mixedContent: PageRule = { id: 'line-mixed', look }

function look(
  { finalUrl, headers }: Retrieved,
  parsed: Parsed,
  _site: unknown,
  { activeOnly }: Limits,
): Outcome {
  if (!finalUrl.startsWith('https:') || isUpgraded(headers, parsed))
    return { outcome: 'clear', regardless: true }
  const ofElements = parsed.elements.flatMap((element) =>
    element.hiddenBy === 'unshown'
      ? []
      : partsOf(element, parsed.base).map((url) => problemOf(element.tag, url, finalUrl)),
  )
  const ofSheets = addressesIn(parsed.styles).map((url) => problemOf('style', url, finalUrl))
  const problems = [...ofElements, ...ofSheets]
  const told = activeOnly === true ? problems.filter(({ detail }) => detail.active) : problems
  return told.length > 0 ? { outcome: 'found', problems: told } : { outcome: 'clear' }
}

/** Browsers are told to ask for everything by HTTPS. */
const isUpgraded = (headers: Retrieved['headers'], { metas }: Parsed): boolean =>
  [headers['content-security-policy'], metas.get('content-security-policy')].some(
    (policy) => policy !== undefined && /upgrade-insecure-requests/i.test(policy),
  )

/** Addresses of a page's own parts that are asked for by plain HTTP. */
function partsOf({ tag, attributes }: ParsedElement, base: string): string[] {
  const names =
    tag === 'link' ? (FETCHED_LINKS.test(attributes.rel ?? '') ? ['href'] : []) : (FETCHED[tag] ?? [])
  const listed = (attributes[LISTS[tag] ?? ''] ?? '')
    .split(',', MOST_LISTED)
    .map((one) => one.trim().split(/\s/, 1)[0])
  // A picture as a button is fetched; a field with an address is not.
  const isField = tag === 'input' && attributes.type?.toLowerCase() !== 'image'
  const said = isField ? [] : [...names.map((name) => attributes[name]?.trim()), ...listed]
  const places = [...said, attributes.background?.trim()].flatMap((value) => plainly(value, base))
  return [...places, ...addressesIn(attributes.style ?? '')]
}

const MOST_LISTED = 20

/** The address, where it is asked for by plain HTTP. */
function plainly(value: string | undefined, base: string): string[] {
  if (!value || !URL.canParse(value, base)) return []
  const url = new URL(value, base)
  return url.protocol === 'http:' ? [url.href] : []
}

/** What a style sheet fetches by plain HTTP. */
const addressesIn = (css: string): string[] =>
  css.includes(':')
    ? [...css.replace(/\\["']/g, '').matchAll(OF_SHEETS)].flatMap(([, ...said]) => {
        const url = said.find((one) => one !== undefined)?.trim() ?? ''
        return url.length <= MOST_ADDRESS && /^http:\S+$/i.test(url)
          ? plainly(url, 'https://sheet.invalid/')
          : []
      })
    : []

const MOST_ADDRESS = 2_000

function problemOf(tag: string, url: string, page: string): Problem {
  const { host, pathname } = new URL(url)
  return {
    ...{ key: `${host}${pathname}`, url: page, excerpt: `<${tag}> ${url}`, outline: null },
    detail: { tag, address: url, active: ACTIVE.has(tag) },
  }
}
