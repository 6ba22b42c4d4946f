import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '../../support/product/product.ts'

/** Styles that are no component's own, with the classes that stand for them. */
const SHARED = {
  'web/base/ui/controls/controls.css': ['control', 'field', 'form-actions', 'filter-bar', 'chip', 'chips'],
  'web/base/ui/lists/table.css': ['data-table'],
  'web/base/ui/marks/terms.css': ['terms'],
  'web/base/ui/marks/figures.css': ['figures'],
}

const components = readdirSync(join(ROOT, 'web'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.vue'))
  .map((path) => ({ file: join('web', path), text: readFileSync(join(ROOT, 'web', path), 'utf8') }))

const classesOf = (text: string) =>
  Array.from(text.matchAll(/\sclass="([^"]*)"/g), ([, names = '']) => names.split(/\s+/)).flat()

it.each(Object.entries(SHARED))(
  '%s is imported wherever its classes are used: a page opened first has no other to bring them',
  (css, classes) => {
    const bare = components.filter(({ file, text }) => {
      const [template = '', ...styles] = text.split('<style')
      const own = (name: string) => styles.some((style) => style.includes(`.${name} `))
      const imports = Array.from(template.matchAll(/import '(\..*\.css)'/g), ([, path = '']) =>
        join(dirname(file), path),
      )
      const used = classesOf(template).filter((name) => classes.includes(name) && !own(name))
      return used.length > 0 && !imports.includes(css)
    })
    expect(bare.map(({ file }) => file)).toEqual([])
  },
)

/** The declarations of each class that a style sheet has by itself. */
function rulesOf(css: string): Map<string, string[]> {
  const rules = new Map<string, string[]>()
  for (const [, selectors = '', body = ''] of css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .matchAll(/^([^\s@{}][^{}]*)\{([^{}]*)\}/gm)) {
    for (const selector of selectors.split(',').map((one) => one.trim())) {
      if (!/^\.[\w-]+$/.test(selector)) continue
      const said = body.split(';').map((one) => one.trim())
      rules.set(selector, [...(rules.get(selector) ?? []), ...said.filter((one) => one !== '')])
    }
  }
  return rules
}

it('no component says again what a style of all of them says', () => {
  const shared = ['web/base/styles/base.css', ...Object.keys(SHARED)].map((css) =>
    rulesOf(readFileSync(join(ROOT, css), 'utf8')),
  )
  // The kinds of a button are classes of it, which has a colour of its own.
  const others = components.filter(({ file }) => !file.endsWith('/UiButton.vue'))
  const again = others.flatMap(({ file, text }) => {
    const [template = '', ...styles] = text.split('<style')
    const own = rulesOf(styles.join('').replace(/^[^>]*>/, ''))
    const imported = [
      0,
      ...Object.keys(SHARED).map((css, i) => (template.includes(`/${css.split('/').at(-1)}'`) ? i + 1 : 0)),
    ]
    return [...new Set(imported)].flatMap((i) =>
      [...own].flatMap(([selector, said]) =>
        said
          .filter((one) => shared[i]?.get(selector)?.includes(one))
          .map((one) => `${file}: ${selector} { ${one} }`),
      ),
    )
  })
  expect(again).toEqual([])
})
