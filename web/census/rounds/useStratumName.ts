import { LEVELS } from '../../../shared/register/sites/sites-rules.ts'
import { useWords } from '../../base/i18n.ts'
import { useDistrictName } from '../../base/live/names.ts'

/** What a stratum (`street/440106`) is called: levels and districts by their names. */
export function useStratumName(): (stratum: string) => string {
  const { t } = useWords()
  const districtName = useDistrictName()
  const partName = (part: string): string => {
    const level = LEVELS.find((one) => one === part)
    if (level) return t(`level.${level}`)
    return part === 'all' ? t('rounds.all') : districtName(part)
  }
  return (stratum) => stratum.split('/').map(partName).join(' · ')
}
