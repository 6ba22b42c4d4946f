import type { RouteLocationRaw } from 'vue-router'
import type { NoisyRule, NoisySite } from '../../../shared/desk/load/load.ts'
import { useWords } from '../../base/i18n.ts'
import { formatMoment } from '../../base/ui/marks/format.ts'

/** What is to be done about something noisy, and where that is done. */
export interface Advice {
  readonly text: string
  readonly act?: { readonly label: string; readonly to: RouteLocationRaw }
}

export function useAdvice() {
  const { t } = useWords()
  const incidents = () => ({
    label: t('load.act.incidents'),
    to: { name: 'alerts', query: { rule: 'PLATFORM', status: 'resolved' } },
  })

  function ofRule({ cause }: NoisyRule): Advice {
    if (cause === 'plain') return { text: t('load.adviceOfRule.plain') }
    return { text: t(`load.advice.${cause}`), ...(cause === 'shared' && { act: incidents() }) }
  }

  function ofSite({ cause, siteId, hour, liveSince, rectificationId }: NoisySite): Advice {
    const site = { label: t('load.act.site'), to: { name: 'site', params: { id: siteId } } }
    if (cause === 'shared') return { text: t('load.advice.shared'), act: incidents() }
    if (cause === 'planned')
      return {
        text: t('load.advice.planned', { hour }),
        act: { label: t('load.act.pauses'), to: { name: 'pauses' } },
      }
    if (cause === 'standing' && rectificationId !== null) {
      const to = { name: 'rectification', params: { id: rectificationId } }
      return { text: t('load.advice.standingFixing'), act: { label: t('load.act.rectification'), to } }
    }
    const time = liveSince === null ? '' : formatMoment(liveSince)
    return { text: t(`load.advice.${cause}`, { time }), act: site }
  }
  return { ofRule, ofSite }
}
