import { beginning } from '../../../../shared/base/text.ts'
import { MACHINE } from '../../../../shared/monitor/inspections/catalogue.ts'
import { printOfSigns } from '../page/signs.ts'
import type { PageRule, Problem, SiteRule } from '../rule.ts'
import { judgeFile } from './file.ts'
import { HOST_RULE } from './host-rule.ts'

const MOST_KEY = 200
const MOST_EXCERPT = 300
const nameOf = (url: string): string => {
  const last = new URL(url).pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}

/** Files that pages offer open, and are what their name and type say. */
const attachmentOpens: PageRule = {
  id: 'attachment-opens',
  async look({ kind, url, finalUrl, headers, bytes, isCut }) {
    if (kind !== 'file') return { outcome: 'clear' }
    const name = nameOf(url)
    const contentType = headers['content-type'] ?? ''
    const isNosniff = /^\s*nosniff/i.test(headers['x-content-type-options'] ?? '')
    const verdict = await judgeFile({ name, contentType, isNosniff, bytes, isCut })
    if (verdict.fault === null) {
      return verdict.isEncrypted ? { outcome: 'unmeasured', reason: 'encrypted' } : { outcome: 'clear' }
    }
    const problem: Problem = {
      key: beginning(new URL(url).pathname, MOST_KEY),
      url: finalUrl,
      excerpt: beginning(`${name} · ${verdict.fault} · ${verdict.is}`, MOST_EXCERPT),
      outline: { href: url },
      detail: { fault: verdict.fault, is: verdict.is, name: beginning(name, MOST_KEY) },
    }
    return { outcome: 'found', problems: [problem] }
  },
}

/** What is not there is said not to be there. The crawl has asked: it needs to know itself. */
const softNotFound: SiteRule = {
  id: 'soft-404',
  isOfKept: true,
  async measure(_site, { kept }) {
    const soft = await kept.soft()
    if (!soft || soft.outcome === 'unmeasured') return { outcome: 'unmeasured', reason: 'notProbed' }
    if (soft.outcome === 'proper') return { outcome: 'clear' }
    const { url, is } = soft
    const problem: Problem = { key: 'soft-404', url, excerpt: url, outline: null, detail: { is } }
    return { outcome: 'found', problems: [problem] }
  },
}

/** The site links to no host that has gone bad. Each has one alert for everybody: here it stands with the site. */
const outboundHijacked: SiteRule = {
  id: HOST_RULE,
  isOfKept: true,
  async measure(_site, { kept }) {
    const { bad, unseen, all } = await kept.hosts()
    if (bad.length === 0) {
      const isSeen = unseen <= MACHINE.unmeasured.ofPages * all
      // One that was bad is seen: it stays so until it opens well.
      return isSeen ? { outcome: 'clear' } : { outcome: 'unmeasured', reason: 'hostsWaiting', isOver: true }
    }
    const problems = bad.map(
      ({ host, state, title, landing, pages, page, url, text, manner, print }): Problem => ({
        key: beginning(host, MOST_KEY),
        url: page,
        excerpt: beginning([text, host, title].filter(Boolean).join(' → '), MOST_EXCERPT),
        outline: { href: url, ...(text && { text }) },
        detail: { state, title, landing, pages, manner },
        told: host,
        print: printOfSigns([print]),
      }),
    )
    return { outcome: 'found', problems }
  },
}

export const PAGE_RULES: readonly PageRule[] = [attachmentOpens]
export const SITE_RULES: readonly SiteRule[] = [outboundHijacked, softNotFound]
