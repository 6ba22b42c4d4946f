import type { HeaderResults } from '../../../../shared/monitor/line/grade-rules.ts'
import { isSameSite } from '../../read/page/second-level.ts'

/** A script of a page that has an address. */
export interface ScriptOnPage {
  readonly src: string
  readonly hasIntegrity: boolean
}

type IntegrityResult = HeaderResults['integrity']
/** The worst last. */
const ORDER = ['externalSecure', 'insecureWith', 'insecureWithout'] as const

/** Whether scripts of others can be told from forged ones. @param page its address */
export function integrityResult(scripts: readonly ScriptOnPage[], page: URL): IntegrityResult {
  if (scripts.length === 0) return 'noScripts'
  const judged = scripts.map((script) => ({ ...script, ...placeOf(script.src, page) }))
  const faults = judged.flatMap(({ isOwn, isSecure, hasIntegrity }): IntegrityResult[] => {
    if (isOwn) return []
    if (!isSecure) return [hasIntegrity ? 'insecureWith' : 'insecureWithout']
    return hasIntegrity ? [] : ['externalSecure']
  })
  const worst = ORDER.findLast((one) => faults.includes(one))
  if (worst) return worst
  if (judged.some(({ isOwn }) => !isOwn)) return 'external'
  return judged.some(({ isSecure, hasIntegrity }) => isSecure && hasIntegrity) ? 'all' : 'ownOnly'
}

/** One without a protocol (`//host/a.js`) counts as another's, and as insecure. */
function placeOf(src: string, page: URL): { isOwn: boolean; isSecure: boolean } {
  if (/^\/\/[^/]/.test(src)) return { isOwn: false, isSecure: false }
  if (!/^https?:\/\//i.test(src)) return { isOwn: true, isSecure: page.protocol === 'https:' }
  const isSecure = /^https:/i.test(src)
  return { isOwn: URL.canParse(src) && isSameSite(src, page.href), isSecure }
}
