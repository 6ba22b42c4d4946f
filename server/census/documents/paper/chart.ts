import { BarChart, type BarSeriesOption } from 'echarts/charts'
import {
  GridComponent,
  type GridComponentOption,
  LegendComponent,
  type LegendComponentOption,
  TitleComponent,
  type TitleComponentOption,
} from 'echarts/components'
import { type ComposeOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { Bars } from '../../../../shared/census/documents/paper.ts'
import { writable } from '../../../base/sheet/xml-text.ts'
import { plainSvg } from './plain-svg.ts'

use([BarChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer])
type Option = ComposeOption<
  BarSeriesOption | GridComponentOption | LegendComponentOption | TitleComponentOption
>

/** The colours of the states in the light theme (`web/base/styles/tokens.css`), the worse the darker. */
const COLOURS: Readonly<Record<string, string>> = {
  vetoed: '#7a061a',
  failed: '#983c00',
  open: '#b9c0c7',
  passed: '#838f99',
}
const PLAIN = '#3a6ddb'
const INK = '#222222'
const FONT = 'Noto Sans SC, Noto Sans CJK SC, SimHei, Microsoft YaHei, sans-serif'
const [ROW, BAR, TOP, WIDTH, NAMES, RIGHT] = [24, 15, 46, 640, 190, 56]
const GAP = 8

/** How large the picture of a chart is, in px. */
export const sizeOfChart = ({ names }: Pick<Bars, 'names'>) => ({
  width: WIDTH,
  height: TOP + names.length * ROW + GAP,
})

/** Lying bars as SVG, in attributes alone, so that a page's policy need allow no styles. */
export function chartSvg(bars: Bars): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...sizeOfChart(bars) })
  try {
    chart.setOption(optionOf(bars))
    return plainSvg(chart.renderToSVGString(), bars.title)
  } finally {
    chart.dispose()
  }
}

const inLine = (text: string) => writable(text).replace(/\s+/g, ' ')

/** The chart as ECharts has it: bars one upon the other, and what they come to beside the last. */
function optionOf({ title, names, series }: Bars): Option {
  const said = { color: INK, fontFamily: FONT, fontSize: 12 }
  const sums = names.map((_, row) => series.reduce((sum, { values }) => sum + (values[row] ?? 0), 0))
  return {
    animation: false,
    title: { text: inLine(title), left: 0, top: 2, padding: 0, textStyle: { ...said, fontSize: 14 } },
    legend: {
      ...{ show: series.length > 1, left: NAMES, top: 24, padding: 0, itemGap: 16, selectedMode: false },
      ...{ itemWidth: 12, itemHeight: 12, icon: 'rect', textStyle: said },
    },
    grid: { left: NAMES, right: RIGHT, top: TOP - (ROW - BAR) / 2, height: names.length * ROW },
    xAxis: { type: 'value', show: false, max: Math.max(1, ...sums) },
    yAxis: {
      ...{
        type: 'category',
        inverse: true,
        data: names.map(inLine),
        axisLine: { show: false },
        axisTick: { show: false },
      },
      axisLabel: { ...said, interval: 0, width: NAMES - 2 * GAP, overflow: 'truncate', margin: GAP },
    },
    series: series.map(({ key, label, values }, at) => ({
      ...{ type: 'bar', name: inLine(label), stack: 'all', barWidth: BAR, silent: true, data: values },
      ...{ itemStyle: { color: COLOURS[key] ?? PLAIN }, emphasis: { disabled: true } },
      label: {
        ...{ show: at === series.length - 1, position: 'right', distance: 5, ...said, textBorderWidth: 0 },
        formatter: ({ dataIndex }) => String(sums[dataIndex] ?? 0),
      },
    })),
  }
}
