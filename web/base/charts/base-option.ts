import type { ChartOption, YAxis } from './echarts.ts'
import type { Palette } from './palette.ts'

/** What every chart here has in common: no animation, the page's typeface, a plain tooltip. */
export function baseOption(palette: Palette): ChartOption {
  return {
    animation: false,
    textStyle: { color: palette.text, fontFamily: palette.font, fontSize: palette.fontSize },
    tooltip: {
      trigger: 'axis',
      transitionDuration: 0,
      backgroundColor: palette.surface,
      borderColor: palette.line,
      textStyle: { color: palette.text, fontSize: palette.fontSize },
    },
  }
}

/** A value axis without a line of its own: the grid lines carry it. */
export function valueAxis(palette: Palette, format?: (value: number) => string): YAxis {
  return {
    type: 'value',
    minInterval: 1,
    splitNumber: 3,
    axisLabel: { color: palette.muted, fontSize: palette.fontSize, ...(format && { formatter: format }) },
    splitLine: { lineStyle: { color: palette.line } },
  }
}

/** A legend in one line at the top right. */
export function topLegend(palette: Palette): NonNullable<ChartOption['legend']> & object {
  return {
    type: 'plain',
    top: 0,
    right: 0,
    itemWidth: palette.fontSize,
    itemHeight: palette.fontSize * 0.65,
    icon: 'rect',
    textStyle: { color: palette.muted, fontSize: palette.fontSize },
    inactiveColor: palette.line,
  }
}
