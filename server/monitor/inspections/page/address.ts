import { createHash } from 'node:crypto'
import type { LinkKind } from '../../../../shared/monitor/links/links.ts'

const MAX_ADDRESS = 2_000
const MAX_SEGMENTS = 16
const ATTACHMENT =
  /\.(?:docx?|xlsx?|pptx?|wps|et|dps|pdf|ofd|rtf|csv|txt|zip|rar|7z|gz|mp3|mp4|wmv|flv|avi|exe|apk)$/i
const PICTURE = /\.(?:jpe?g|png|gif|bmp|webp|ico|svg)$/i
/** 在线申报或查询系统, by the words of its link. */
const SYSTEM =
  /(?:在线|网上)(?:申报|申请|办理|办事|查询|预约|审批|受理)|(?:申报|查询|预约|审批|办事)(?:系统|平台|大厅)/

/**
 * A link's address as it is visited: absolute, without its fragment. Null for what is none on the web, and for
 * what can only come from a generator of addresses (far too long or deep, or the same parts again and again).
 */
export function linkUrl(href: string, base: string): URL | null {
  const given = href.trim()
  if (given === '' || given.startsWith('#') || given.length > MAX_ADDRESS) return null
  if (!URL.canParse(given, base)) return null
  const url = new URL(given, base)
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.href.length > MAX_ADDRESS) return null
  url.hash = ''
  return isEndless(url.pathname) ? null : url
}

/**
 * What addresses on a page are relative to: its own address, or what its `<base>` says, where that is one that a link might have. Each
 * link is resolved against it, so that one of megabytes would be read thousands of times.
 */
export function baseOf(said: string | undefined, pageUrl: string): string {
  if (!said || said.length > MAX_ADDRESS || !URL.canParse(said, pageUrl)) return pageUrl
  const { href } = new URL(said, pageUrl)
  return href.length > MAX_ADDRESS ? pageUrl : href
}

function isEndless(path: string): boolean {
  const segments = path.split('/').filter(Boolean)
  if (segments.length > MAX_SEGMENTS) return true
  const counts = new Map<string, number>()
  for (const segment of segments) counts.set(segment, (counts.get(segment) ?? 0) + 1)
  return [...counts.values()].some((count) => count > 3)
}

/** What addresses made by the same template have in common: numbers and values of parameters do not matter. */
export function shapeOf(url: URL): string {
  const path = url.pathname.replace(/[0-9a-f]{16,}|\d+/gi, '#')
  const keys = [...new Set(url.searchParams.keys())].sort()
  return `${url.host}${path}?${keys.join('&')}`.slice(0, 500)
}

/** What an address is known by among the pages of its site. */
export const hashOf = (url: string): string => createHash('sha1').update(url).digest('base64url')

/** On the site's own host; with or without `www.` is the same. */
export function isInside(url: URL, siteUrl: string): boolean {
  return bareHost(url) === bareHost(new URL(siteUrl))
}

const bareHost = (url: URL): string => url.host.replace(/^www\./, '')

export function kindOf(url: URL, text: string, isPicture: boolean): LinkKind {
  if (isPicture || PICTURE.test(url.pathname)) return 'picture'
  if (ATTACHMENT.test(url.pathname)) return 'attachment'
  return SYSTEM.test(text) ? 'system' : 'page'
}
