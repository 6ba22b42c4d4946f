import type { BarSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts'
import { BarChart, LineChart, ScatterChart } from 'echarts/charts'
import type {
  AriaComponentOption,
  GridComponentOption,
  LegendComponentOption,
  TooltipComponentOption,
} from 'echarts/components'
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components'
import { type ComposeOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([
  LineChart,
  BarChart,
  ScatterChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  SVGRenderer,
])

type Composed = ComposeOption<
  | LineSeriesOption
  | BarSeriesOption
  | ScatterSeriesOption
  | AriaComponentOption
  | GridComponentOption
  | LegendComponentOption
  | TooltipComponentOption
>

/** `ComposeOption` alone lets a component pass that was never registered, or is misspelt. */
export type ChartOption = Partial<
  Pick<Composed, 'aria' | 'grid' | 'legend' | 'series' | 'tooltip' | 'xAxis' | 'yAxis'>
> & { animation?: boolean; textStyle?: { color: string; fontFamily: string; fontSize: number } }
type One<T> = Exclude<T, undefined | readonly unknown[]>
export type XAxis = One<ChartOption['xAxis']>
export type YAxis = One<ChartOption['yAxis']>
export type Series = Extract<ChartOption['series'], readonly unknown[]>
export { init }
