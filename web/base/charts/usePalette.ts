import { type ComputedRef, computed } from 'vue'
import type { SiteState } from '../../../shared/register/sites/states.ts'
import { SITE_STATES } from '../../../shared/register/sites/states-rules.ts'
import { preferences } from '../preferences.ts'
import type { Palette } from './palette.ts'

/** The colours of the theme in use, anew when it changes. */
export function usePalette(): ComputedRef<Palette> {
  return computed(() => read(preferences.theme))
}

/** @param theme set here too: the page may get its attribute only after this is read. */
function read(theme: string): Palette {
  const root = document.documentElement
  root.dataset.theme = theme
  const style = getComputedStyle(root)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    text: token('text'),
    muted: token('text-3'),
    line: token('line'),
    surface: token('surface'),
    accent: token('accent'),
    bad: token('dead'),
    font: getComputedStyle(document.body).fontFamily,
    fontSize: Number.parseFloat(getComputedStyle(root).fontSize) * 0.75,
    states: Object.fromEntries(SITE_STATES.map((state) => [state, token(state)])) as Record<
      SiteState,
      string
    >,
  }
}
