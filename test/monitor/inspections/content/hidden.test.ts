import { expect, test } from 'vitest'
import { hiddenLinks } from '../../../../server/monitor/inspections/content/hidden-links.ts'
import { said } from '../pages.ts'
import { AGAINST, PLANTED, page } from './hidden.table.ts'

test('a script that is made to be read in more than one way costs no more than its length', async () => {
  const parts = `document.write(${'"a"   '.repeat(2_000)};`
  const signs = `unescape('${'%aaaa'.repeat(2_000)}"`
  const html = page(`<script>${parts}</script><script>document.write;${signs}</script>`)
  expect(await said(hiddenLinks, html)).toEqual({ outcome: 'clear' })
  const more = [
    ...[`\\'`, `"'`, '\\`', '["a",', 'atob(', '"a"+"b"+', `document.write('<a ');`],
    ...[`function(p,a,c,k,e,d){}('`, `createElement("a");.href=`],
  ].map((one) => `<script>${one.repeat(5_000)}</script>`)
  expect(await said(hiddenLinks, page(more.join('')))).toEqual({ outcome: 'clear' })
})

test('a block of links is one problem, with who it leads to and how it is hidden', async () => {
  expect(await said(hiddenLinks, PLANTED[0] ?? '')).toMatchObject({
    problems: [
      {
        key: 'abc123.com',
        told: 'abc123.com',
        outline: { href: 'http://www.abc123.com/' },
        detail: { by: 'display', all: 3 },
      },
    ],
  })
})

test('what is written against a crime in a tab that nobody has opened is no break-in, however its words stand apart', async () => {
  for (const one of AGAINST) expect(await said(hiddenLinks, one), one).toEqual({ outcome: 'clear' })
})
