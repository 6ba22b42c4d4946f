import type { WordKey } from '../../../shared/locales/keys.ts'
import type { Values } from '../../base/i18n.ts'

/** So many seconds as people say them: below two minutes in seconds, else in minutes. */
export function sayDelay(t: (key: WordKey, values?: Values) => string, seconds: number): string {
  if (seconds < 120) return t('quality.seconds', { n: seconds })
  return t('quality.minutes', { n: Math.round(seconds / 60) })
}
