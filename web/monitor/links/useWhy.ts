import type { LinkFinding } from '../../../shared/monitor/links/links.ts'
import { useWords } from '../../base/i18n.ts'

/** Says in a few words why a link counts as broken. */
export function useWhy(): (one: Pick<LinkFinding, 'status' | 'cause'>) => string {
  const { t, wordOf } = useWords()
  return ({ status, cause }) => {
    if (status !== null && status >= 400) return `HTTP ${status}`
    if (cause === 'not_a_file') return t('links.notFile')
    return cause === null ? '' : wordOf('cause', cause)
  }
}
