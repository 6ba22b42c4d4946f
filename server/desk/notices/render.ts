import { cut } from '../../../shared/base/text.ts'
import type { Language } from '../../../shared/base/words/language.ts'
import type { Notice, NoticeLine } from '../../../shared/desk/notifications/notifications.ts'
import { say } from '../../base/words/say.ts'

const moreOf = (n: number, language: Language) => say({ word: 'notices.line.more', values: { n } }, language)

/**
 * Signs that a robot would take for its own (and `<at>` in a site's name for a call to all) in their full-width
 * form, as WeCom knows no other way to write them.
 */
const asWords = (text: string) =>
  text.replace(/[\\`*_[\]<>#|~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
const linkOf = (origin: string | undefined, { path }: NoticeLine) =>
  origin && path ? `${origin}${path}` : null

/** As many whole lines as `bytes` hold, then how many there are besides. */
function wholeLines(
  head: string[],
  lines: readonly string[],
  more: number,
  bytes: number,
  language: Language,
): string {
  const size = (text: string) => Buffer.byteLength(text) + 1
  let room = bytes - head.reduce((sum, line) => sum + size(line), 0) - size(moreOf(99_999, language))
  const kept: string[] = []
  for (const line of lines) {
    room -= size(line)
    if (room < 0) break
    kept.push(line)
  }
  const left = lines.length - kept.length + more
  return [...head, ...kept, ...(left > 0 ? [moreOf(left, language)] : [])].join('\n')
}

/** Shortens a line that no message could hold. */
const clip = (text: string, chars: number) => (text.length > chars ? `${cut(text, chars - 1)}…` : text)

/** For robots. WeCom has no lists, so that each line is one by itself. */
export function toMarkdown(
  { title, summary, lines, more, language }: Notice,
  origin: string | undefined,
  bytes: number,
): string {
  const head = [`### ${asWords(clip(title, 200))}`, asWords(clip(summary, 300)), '']
  const items = lines.map((line) => {
    const link = linkOf(origin, line)
    return `- ${asWords(clip(line.text, 300))}${link ? ` [${say({ word: 'notices.line.look' }, language)}](${link})` : ''}`
  })
  return wholeLines(head, items, more, bytes, language)
}

const MAIL_BYTES = 200_000

/** For mail, as plain text: every program shows it, and nothing in it can run. */
export function toPlainText(
  { title, summary, lines, more, language }: Notice,
  origin: string | undefined,
): string {
  const items = lines.map((line) => {
    const link = linkOf(origin, line)
    return `· ${line.text}${link ? `\n  ${link}` : ''}`
  })
  return wholeLines([title, summary, ''], items, more, MAIL_BYTES, language)
}

/** For other programs. */
export function toJson(
  notice: Notice,
  origin: string | undefined,
  { id, to, at }: { id: number; to: string; at: string },
): string {
  const lines = notice.lines.map(({ path, ...line }) => ({ ...line, url: linkOf(origin, { ...line, path }) }))
  return JSON.stringify({ id, at, to, ...notice, lines })
}
