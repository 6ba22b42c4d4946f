import { describe, expect, test } from 'vitest'
import { writtenByScripts } from '../../../../server/monitor/inspections/page/written.ts'

describe('scripts that become more than they are', () => {
  const LINK = '<a href=//b.example>x</a>'
  const lengthOf = (text: string) => {
    const { written, held } = writtenByScripts([{ text }])
    return written.length + held.length
  }

  test('a text whose signs stand for more of them, texts within it the same, is read as it stands', () => {
    const within = `'innerHTML${'~'.repeat(2_400)}'.split('@').join("${LINK}");`
    const script = `\`innerHTML;${within.repeat(39)}\`.split("~").join("${'@'.repeat(40)}")`
    expect(lengthOf(script)).toBeLessThan(2 * script.length)
  })

  test('many texts that grow are read as far as a page’s scripts are', () => {
    const grows = `document.write('${'~'.repeat(4_800)}'.split("~").join("${LINK}"));`
    expect(lengthOf(grows)).toBeGreaterThan(100_000)
    expect(lengthOf(grows.repeat(40))).toBeLessThan(1_300_000)
  })

  test('one that is packed into a long word that stands everywhere is unpacked no further', () => {
    const word = `\`<a href=//b.example>${'x'.repeat(90_000)}</a>\``
    const packed = (times: number) =>
      `eval(function(p,a,c,k,e,d){}('${'0 '.repeat(times)}',62,1,'${word}'.split('|'),0,{}))`
    expect(lengthOf(packed(2))).toBeGreaterThan(180_000)
    expect(lengthOf(packed(5_900))).toBeLessThan(1_300_000)
  })
})
