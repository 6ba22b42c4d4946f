import { isUtf8 } from 'node:buffer'
import type { Cause, VisitOutcome } from '../../../../shared/monitor/visit/probes.ts'
import type { Head } from '../http/head.ts'
import { blockedCause } from './blocked.ts'
import { SHORT_PAGE, type SoftRedirect, softRedirect } from './refresh.ts'

/** A challenge that comes with an error status, or that a browser has drawn, may be long. */
const LONGEST_CHALLENGE = 65_536

export interface PageVerdict {
  outcome: VisitOutcome
  cause: Cause | null
  soft: SoftRedirect | null
}

const OK: PageVerdict = { outcome: 'ok', cause: null, soft: null }
const failed = (cause: Cause): PageVerdict => ({ outcome: 'failed', cause, soft: null })

const gbk = new TextDecoder('gbk')

/** Good enough to look for marks in: what is not UTF-8 is taken for GBK. */
function toText(body: Buffer): string {
  return isUtf8(body) ? body.toString('utf8') : gbk.decode(body)
}

function statusCause(status: number): Cause {
  if (status >= 500) return 'http_5xx'
  if (status >= 400) return 'http_4xx'
  return status === 304 ? 'bad_response' : 'redirect_invalid'
}

/** Whether a page is good whatever it says: no text is looked for in it. @param length bytes, decoded. */
export const isPlainPage = ({ status }: Head, length: number): boolean =>
  status === 200 && length > SHORT_PAGE

/**
 * Whether somebody answered in the site's place: a challenge of a firewall is no page of the site.
 * @param html the page as a browser has it, UTF-8. What its scripts brought makes a challenge longer than it was sent.
 */
export function isOthers(html: Uint8Array): boolean {
  if (html.length > LONGEST_CHALLENGE) return false
  const text = Buffer.from(html).toString('utf8')
  return blockedCause({ status: 200, headers: {}, setCookies: [], text }) !== null
}

/** What is wrong with a body whatever it says. */
export type BodyFault = Extract<Cause, 'truncated' | 'bad_encoding' | 'too_many_encodings'>

/** What an answer that leads nowhere else by HTTP says of the site. `body` is decoded, unless there is a fault. */
export function judgePage(head: Head, body: Buffer, fault: BodyFault | null): PageVerdict {
  const { status, headers, setCookies } = head
  const isSuccess = status >= 200 && status < 300
  if (isSuccess && fault) return failed(fault)
  if (isSuccess && body.length === 0) return failed('empty')
  if (isPlainPage(head, body.length)) return OK
  const text = toText(body.subarray(0, LONGEST_CHALLENGE))
  const cause = blockedCause({ status, headers, setCookies, text })
  if (cause) return { outcome: 'blocked', cause, soft: null }
  if (!isSuccess) return failed(statusCause(status))
  if (text.trim() === '') return failed('empty')
  return body.length > SHORT_PAGE ? OK : { ...OK, soft: softRedirect(text) }
}
