import { type Answers, type Question, questionKey } from '../../../../shared/register/import/imports.ts'
import type { Steps } from '../../../base/slices.ts'
import type { EndedSite } from './ended.ts'
import { hostOf } from './host.ts'
import type { PlacedRow as Row } from './place.ts'

/** What a file says of sites that are over by having them. */
export interface Reappeared {
  /** Those that are loaded. */
  readonly rows: readonly Row[]
  readonly questions: readonly Question[]
  readonly reopened: readonly { readonly siteId: number; readonly code: string }[]
  readonly recoded: readonly { readonly siteId: number; readonly from: string; readonly to: string }[]
  readonly waiting: number
  readonly left: number
}

/**
 * Looks for rows that are a site which an earlier file had ended: by its code, or new ones at its address. Each is
 * asked about: was it reopened, is it another site at that address, or is it a mistake of the file?
 * @param known codes of the register.
 */
export function* reappeared(
  rows: readonly Row[],
  ended: readonly EndedSite[],
  known: ReadonlySet<string>,
  answers: Answers,
): Steps<Reappeared> {
  const byCode = new Map(ended.map((site) => [site.code, site]))
  const byHost = new Map(ended.map((site) => [hostOf(site), site]))
  // A file that has both says by its code which of them the ended one is.
  for (const row of rows) {
    const site = byCode.get(row.code)
    if (site) byHost.delete(hostOf(site))
    yield
  }
  const loaded: Row[] = []
  const questions: Question[] = []
  const reopened: { siteId: number; code: string }[] = []
  const recoded: { siteId: number; from: string; to: string }[] = []
  let [waiting, left] = [0, 0]
  for (const row of rows) {
    yield
    const sameCode = byCode.get(row.code)
    const site = sameCode ?? (known.has(row.code) ? undefined : byHost.get(hostOf(row)))
    if (!site) {
      loaded.push(row)
      continue
    }
    // Of several rows at one address the first is asked about; the others are new.
    byHost.delete(hostOf(site))
    const key = questionKey.reappeared(site.code)
    const answer = answers[key]
    if (answer === 'mistake') left += 1
    else if (answer === 'reopened' || (answer === 'other' && !sameCode)) {
      loaded.push(row)
      if (answer === 'other') continue
      reopened.push({ siteId: site.id, code: row.code })
      if (!sameCode) recoded.push({ siteId: site.id, from: site.code, to: row.code })
    } else {
      waiting += 1
      const { code, name, url, how } = site
      const to = { code: row.code, name: row.name, url: row.url }
      const same = sameCode ? 'code' : 'host'
      questions.push({ kind: 'reappeared', key, line: row.line, site: { code, name, url }, how, to, same })
    }
  }
  return { rows: loaded, questions, reopened, recoded, waiting, left }
}
