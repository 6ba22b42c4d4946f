import { useI18n } from 'vue-i18n'
import type { LinkFinding } from '../../../shared/monitor/links/links.ts'

/** Says in a few words why a link counts as broken. */
export function useWhy(): (one: Pick<LinkFinding, 'status' | 'cause'>) => string {
  const { t, te } = useI18n()
  return ({ status, cause }) => {
    if (status !== null && status >= 400) return `HTTP ${status}`
    if (cause === 'not_a_file') return t('links.notFile')
    return te(`cause.${cause}`) ? t(`cause.${cause}`) : (cause ?? '')
  }
}
