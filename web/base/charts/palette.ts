import type { SiteState } from '../../../shared/register/sites/states.ts'

/** The colours of a chart, resolved: ECharts cannot read CSS variables. */
export interface Palette {
  readonly text: string
  readonly muted: string
  readonly line: string
  readonly surface: string
  readonly accent: string
  readonly bad: string
  readonly font: string
  /** px */
  readonly fontSize: number
  readonly states: Readonly<Record<SiteState, string>>
}
