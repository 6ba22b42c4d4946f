import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const web = fileURLToPath(new URL('../../../web', import.meta.url))
const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$|<!--[\s\S]*?-->/gm

it('no page writes the punctuation of one language into sentences of all', () => {
  const found = readdirSync(web, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|vue)$/.test(file))
    .flatMap((file) =>
      readFileSync(join(web, file), 'utf8')
        .replace(COMMENT, '')
        .split('\n')
        .filter((line) => /[、，：（）；。]/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    )
  expect(found).toEqual([])
})
