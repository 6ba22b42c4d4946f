/**
 * Scripts, comments and tags gone: what a citizen would see. What is never closed goes on to the end, as in a browser;
 * a pattern that looks for an end that is not there, again from each beginning, is quadratic.
 */
export function visibleText(html: string): string {
  return html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, ' ')
    .replace(/<(script|style|title|noscript)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
    .replace(/<[^>]*(?:>|$)/g, ' ')
    .replace(/&nbsp;|&#160;/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** "正在跳转，请稍候……如果没有自动跳转请点击这里": more text than that is a page of its own. */
const MAX_TEXT = 120
const MAX_LINKS = 3

/** Bytes, or characters, of a page that may be a signpost or a challenge; a longer one is not read as text. */
export const SHORT_PAGE = 8_192

const METAS = /<meta\b[^<>]*>/gi
const IS_REFRESH = /http-equiv\s*=\s*\\?["']?refresh\b/i
const META_URL =
  /content\s{0,9}=\s{0,9}(\\?["'])?\s{0,9}[\d.]{1,20}\s{0,9}[;,]\s{0,9}(?:url\s{0,9}=\s{0,9})?["']?([^"'>\\]+)/i
/** Counted, as are its blanks: one that takes any number begins anew at each. */
const TARGET = String.raw`(?:(?:window|self|top|parent|document|this)\s{0,9}\.\s{0,9}){0,5}`
const ASSIGNED = new RegExp(
  String.raw`(?:^|[^\w.$])${TARGET}location(?:\s*\.\s*href)?\s*=\s*(["'])([^"']+)\1\s*(?:$|[;}<"')\r\n])`,
  'i',
)
const CALLED = new RegExp(
  String.raw`(?:^|[^\w.$])${TARGET}(?:location\s*\.\s*(?:replace|assign)|navigate)\s*\(\s*(["'])([^"']+)\1\s*\)`,
  'i',
)

export interface SoftRedirect {
  note: 'meta_refresh' | 'script_redirect'
  target: string
}

function isOnlyASignpost(html: string): boolean {
  if (visibleText(html).length > MAX_TEXT) return false
  return (html.match(/<a\b[^<>]*\bhref/gi)?.length ?? 0) <= MAX_LINKS
}

/**
 * Where a page leads that does nothing but lead elsewhere: by `<meta http-equiv="refresh">`, also one that a
 * script writes, or by a script that sets the location to a fixed address. Null for any other page, and for one that is not short:
 * whoever asks may have a page of megabytes.
 */
export function softRedirect(html: string): SoftRedirect | null {
  if (html.length > SHORT_PAGE || !isOnlyASignpost(html)) return null
  const refresh = html.match(METAS)?.find((one) => IS_REFRESH.test(one)) ?? ''
  const meta = META_URL.exec(refresh)?.[2]?.trim()
  if (meta) return { note: 'meta_refresh', target: meta }
  const script = (ASSIGNED.exec(html) ?? CALLED.exec(html))?.[2]?.trim()
  return script ? { note: 'script_redirect', target: script } : null
}
