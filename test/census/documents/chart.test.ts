import { expect, it } from 'vitest'
import { chartSvg, sizeOfChart } from '../../../server/census/documents/paper/chart.ts'
import { outlined } from '../../../server/census/documents/templates/glyphs.ts'
import { pngOf } from '../../../server/census/documents/templates/picture.ts'
import type { Bars } from '../../../shared/census/documents/paper.ts'

const bars: Bars = {
  title: '各区 & 结果',
  names: ['天河区', '"><script>alert(1)</script>', '一\u0000二\ud800'],
  series: [
    { key: 'vetoed', label: '单项否决', values: [3, 0, 1] },
    { key: 'passed', label: '合格', values: [60, 5, 20] },
  ],
}

it('a chart names each bar and says what it comes to, in the colours of the screens', () => {
  const svg = chartSvg(bars)
  for (const said of ['天河区', '单项否决', '合格', '>63<', '>21<', '#7a061a', '#838f99'])
    expect(svg).toContain(said)
  const { width, height } = sizeOfChart(bars)
  expect(svg).toContain(`viewBox="0 0 ${width} ${height}"`)
})

it('a chart is an inert picture, whatever names are in it', () => {
  const svg = chartSvg(bars)
  expect(svg).not.toMatch(/<script|<style|style="|class="|ecmeta|dominant-baseline/)
  expect(svg).not.toContain('\u0000')
  expect(svg).toContain('&lt;script&gt;')
  expect(chartSvg(bars), 'it is drawn the same again').toBe(svg)
})

it('its picture has Chinese signs on a machine without any font', async () => {
  const png = await pngOf(chartSvg(bars))
  expect(Buffer.from(png.subarray(1, 4)).toString()).toBe('PNG')
  const view = new DataView(png.buffer, png.byteOffset)
  expect([view.getUint32(16), view.getUint32(20)]).toEqual(
    Object.values(sizeOfChart(bars)).map((px) => px * 2),
  )
  const { svg, width } = await outlined('天河\u{10ffff}', 12, 'normal')
  expect(svg.match(/<path/g)).toHaveLength(2)
  expect(width, 'a sign that no font has takes some room').toBe(30)
})
