import { expect, test } from 'vitest'
import { bodyOf, inPlaceOf } from '../../../server/monitor/rendering/browser/frames.ts'

test('a page within a page stands in its place, and what a frame says to old browsers is left out', () => {
  const page =
    '<html><body><h1>某局</h1><iframe src="/list" data-inner="inner-7">您的浏览器不支持框架 2020-01-01</iframe><p>尾</p></body></html>'
  expect(inPlaceOf(page, 'inner-7', '<li>2026-03-01</li>')).toBe(
    '<html><body><h1>某局</h1><div><li>2026-03-01</li></div><p>尾</p></body></html>',
  )
  const set = '<html><frameset><frame src="/a" data-inner="inner-7"><frame src="/b"></frameset></html>'
  expect(inPlaceOf(set, 'inner-7', 'A')).toBe(
    '<html><frameset><div>A</div><frame src="/b"></frameset></html>',
  )
  expect(inPlaceOf(page, 'inner-3', 'A'), 'one that is gone meanwhile').toBe(page)
})

test('only what stands within its body is taken of it', () => {
  expect(bodyOf('<html><head><style>a{}</style></head><body class="x"><p>甲</p></body></html>')).toBe(
    '<p>甲</p>',
  )
  expect(bodyOf('<frameset></frameset>')).toBe('<frameset></frameset>')
})

test('a page that is made of beginnings of tags costs no more than its length', () => {
  const frames = `<style>${'<iframe '.repeat(350_000)}</style><iframe data-inner="inner-7"></iframe>`
  expect(inPlaceOf(frames, 'inner-7', 'A')).toContain('<div>A</div>')
  const bodies = `<style>${'<body '.repeat(450_000)}</style>`
  expect(bodyOf(bodies)).toBe(bodies)
})
