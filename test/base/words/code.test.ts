import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$|<!--[\s\S]*?-->/gm
const CHINESE = /[\p{Script=Han}、，：；。（）【】「」]/u

/** Where Chinese stands in code that is not said to anybody by it, and why. */
const MAY: readonly (readonly [where: RegExp, why: string])[] = [
  [
    /^server\/monitor\/(read|columns|links|findings|inspections|visit)\//,
    'recognises what Chinese pages say',
  ],
  [/^shared\/monitor\/columns\/columns-rules\.ts$/, 'recognises what columns are called'],
  [/^(server|shared)\/demo\/|\/demo(-\w+)?\.ts$/, 'names and texts of the made-up city'],
  [/^server\/register\/divisions\/(china|merged)\.ts$|make-china\.mjs$/, 'the divisions of China are data'],
  [/^shared\/base\/places-rules\.ts$/, 'recognises endings of the names of places'],
  [
    /^server\/register\/import\/(file\/fields|file\/profile|plan\/place)\.ts$|^server\/register\/sites\/column-names\.ts$/,
    'recognises heads and cells of a register',
  ],
  [/^server\/people\/accounts\/import-rows\.ts$/, 'recognises heads and cells of a sheet of accounts'],
  [
    /^server\/monitor\/(inspections\/content|persons)\//,
    'recognises names, offices and what pages say of themselves',
  ],
  [/^server\/monitor\/wrong-words\/rows\.ts$/, 'recognises heads of a sheet of words'],
  [/^server\/register\/workdays\/(days|ics|read)\.ts$/, 'recognises what calendars say'],
  [/^server\/register\/import\/plan\/ended\.ts$/, 'kept in the database, and known by it again'],
  [/^server\/desk\/escalation\/escalate\.ts$/, 'names of people in one text, kept in facts'],
  [/^server\/base\/db\/migrations\//, 'frozen'],
  [
    /^shared\/base\/ways-rules\.ts$|^web\/register\/units\/ContactWays\.vue$/,
    'recognises extensions in telephone numbers',
  ],
  [/^server\/census\/letters\/public\/(hide|address)\.ts$/, 'recognises what is personal in letters'],
]

const files = ['server', 'shared', 'web'].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|vue|mjs)$/.test(file))
    .map((file) => ({
      file: join(top, file),
      code: readFileSync(join(root, top, file), 'utf8').replace(COMMENT, ''),
    }))
    .filter(({ code }) => CHINESE.test(code)),
)

it('words lie in shared/locales: no code says Chinese', () => {
  const found = files
    .filter(({ file }) => !MAY.some(([where]) => where.test(file)))
    .flatMap(({ file, code }) =>
      code
        .split('\n')
        .filter((line) => CHINESE.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    )
  expect(found).toEqual([])
})

it('each exception is of something', () => {
  expect(MAY.filter(([where]) => !files.some(({ file }) => where.test(file)))).toEqual([])
})
