import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts'
import { BarChart, LineChart } from 'echarts/charts'
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { type ComposeOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

// The only import of ECharts: what is not registered here is not in the bundle. SVG is sharp on any screen.
use([LineChart, BarChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

type Composed = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>

/** `ComposeOption` alone lets a component pass that was never registered, or is misspelt. */
export type ChartOption = Partial<
  Pick<Composed, 'grid' | 'legend' | 'series' | 'tooltip' | 'xAxis' | 'yAxis'>
> & { animation?: boolean; textStyle?: { color: string; fontFamily: string; fontSize: number } }
type One<T> = Exclude<T, undefined | readonly unknown[]>
export type XAxis = One<ChartOption['xAxis']>
export type YAxis = One<ChartOption['yAxis']>
export type Series = Extract<ChartOption['series'], readonly unknown[]>
export { init }
