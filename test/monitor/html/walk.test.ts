import { expect, it } from 'vitest'
import { atOnce } from '../../../server/base/slices.ts'
import { walk } from '../../../server/monitor/html/walk.ts'

const textOf = (html: string) => {
  const texts: string[] = []
  atOnce(walk(html, { open() {}, text: (text) => void texts.push(text), close() {} }))
  return texts.join('')
}

it('a script of hundreds of thousands of characters with signs of tags in it arrives whole', () => {
  const script = Array.from({ length: 20_000 }, (_, n) => `if (a<${n}) b="<b>${n}"\n`).join('')
  expect(textOf(`<script>${script}</script><p>end</p>`)).toBe(`${script}end`)
})

it('text of any signs is the same in pieces as it was', () => {
  const text = 'é政😀'.repeat(5_000)
  expect(textOf(`<p>${text}</p>`)).toBe(text)
})

it('what lies too deep is read on from where it was left', () => {
  expect(textOf(`${'<div>'.repeat(3_000)}<a href="/x">题目</a>`)).toContain('题目')
})
