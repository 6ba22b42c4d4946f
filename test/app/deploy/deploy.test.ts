import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { expect, test, vi } from 'vitest'
import { parseConfig } from '../../../server/base/config.ts'
import { NATION } from '../../support/databases/postgres-server.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const text = (file: string) => readFileSync(join(root, file), 'utf8')
const deployed = readdirSync(join(root, 'deploy'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(root.length))

const settings = new Set(
  [...text('server/base/config.ts').matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name),
)
/** Of Node.js, the C library, the system and the images that the files are for. */
const FOREIGN =
  /^(NODE_ENV|TMPDIR|NODE_OPTIONS|MALLOC_ARENA_MAX|MALLOC_TRIM_THRESHOLD_|POSTGRES_\w+|PGPASSWORD)$/

test('every setting that a file of deploy/ sets is one', () => {
  const unknown = deployed.flatMap((file) => {
    const named = [...text(file).matchAll(/^Environment=(.*)$|^ENV (.*)$/gm)].flatMap(
      ([, unit = '', image = '']) => [...`${unit} ${image}`.matchAll(/\b([A-Z][A-Z_]+)=/g)],
    )
    const composed = file.endsWith('compose.yaml')
      ? [...text(file).matchAll(/^ {4,6}([A-Z][A-Z_]+): /gm)]
      : []
    return [...named, ...composed]
      .map(([, name = '']) => name)
      .filter((name) => !settings.has(name) && !FOREIGN.test(name))
      .map((name) => `${file}: ${name}`)
  })
  expect(unknown).toEqual([])
})

/** What the program tells of itself. */
const OWN = readdirSync(join(root, 'server/app/metrics')).flatMap((file) =>
  [...text(`server/app/metrics/${file}`).matchAll(/'(siteward_\w+)'/g)].map(([, name = '']) => name),
)

/** The services of compose.yaml that are the program, and up; those of a profile are run when they are asked for. */
const SERVICES = [
  ...text('deploy/compose.yaml').matchAll(/^ {2}(\w+):\n {4}<<: \*siteward\n(?! {4}profiles:)/gm),
].map(([, name = '']) => name)

test('each kind of process is scraped, a renderer and another place too', () => {
  const [, ...jobs] = text('deploy/prometheus/prometheus.yml').split(/^ {2}(?=(?:# )?- job_name: )/m)
  const scraped = (isOn: boolean) =>
    jobs.flatMap((job) => job.match(isOn ? /^- job_name: (\S+)/ : /^# - job_name: (\S+)/)?.[1] ?? [])
  expect(SERVICES).toEqual(['web', 'monitor', 'render'])
  expect(scraped(true)).toEqual(SERVICES.map((name) => `siteward-${name}`))
  expect(scraped(false), 'where there is one').toEqual(['siteward-vantage'])
  const [head = ''] = text('deploy/prometheus/siteward.rules.yml').split('groups:')
  for (const job of [...scraped(true), ...scraped(false)]) expect(head).toContain(job)
})

test('processes are looked for by the names that compose gives them, however many there are', () => {
  const prometheus = text('deploy/prometheus/prometheus.yml')
  const { port } = parseConfig({}, [])
  for (const name of SERVICES) {
    const [, job = ''] =
      prometheus.match(new RegExp(`job_name: siteward-${name}\\n([\\s\\S]*?)(?=\\n {2}\\S|$)`)) ?? []
    expect(job).toContain(`dns_sd_configs:\n      - { names: [${name}], type: A, port: ${port} }`)
    expect(job).not.toContain('static_configs')
  }
  const [, network = ''] = prometheus.match(/--network (\w+)/) ?? []
  expect(text('deploy/compose.yaml')).toContain(`\nname: ${network.replace('_default', '')}\n`)
  const [, gone = ''] =
    text('deploy/prometheus/siteward.rules.yml').match(/alert: SitewardGone\n([\s\S]*?)- alert:/) ?? []
  expect(gone, 'who is gone is not found, and fails no scrape').toMatch(/count by \(job\) \(up\{.*offset 1h/)
})

test('somebody is called when nothing is heard of another place, its looks come late, or a clock is wrong', () => {
  const rules = text('deploy/prometheus/siteward.rules.yml')
  for (const name of ['vantage_age_seconds', 'vantage_behind_seconds', 'clock_ahead_seconds']) {
    expect(rules).toMatch(new RegExp(`expr: .*siteward_${name}`))
  }
})

test('the proxy of compose asks anew where the web processes are', () => {
  const upstream = text('deploy/nginx/upstream.compose.conf')
  const [, zone = ''] = upstream.match(/^zone (\w+) \w+;$/m) ?? []
  expect(zone).not.toBe('')
  expect(text('deploy/nginx/siteward.conf'), 'memory of another use').not.toContain(`shared:${zone}:`)
  expect(upstream).toMatch(/^resolver 127\.0\.0\.11 valid=\d+s/m)
  expect(upstream).toMatch(/^server web:\d+ .*\bresolve\b.*;$/m)
  const [, ...version] = text('deploy/compose.yaml').match(/image: nginx:(\d+)\.(\d+)/) ?? []
  const [major = 0, minor = 0] = version.map(Number)
  expect(major > 1 || minor >= 28, 'that this nginx can do it').toBe(true)
})

test('every metric that rules and dashboard name is told by the program', () => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const known = new Set([...OWN, ...registry.getMetricsAsArray().map(({ name }) => name)])
  const missing = ['deploy/prometheus/siteward.rules.yml', 'deploy/prometheus/grafana.json'].flatMap((file) =>
    [...text(file).matchAll(/\b(?:siteward|nodejs|process)_[a-z0-9_]+/g)]
      .map(([name]) => name.replace(/_(bucket|sum|count)$/, ''))
      .filter((name) => !known.has(name))
      .map((name) => `${file}: ${name}`),
  )
  expect(missing).toEqual([])
})

test('of each stage that can be full it is told once, and of the reader apart: nobody waits for it', () => {
  const rules = text('deploy/prometheus/siteward.rules.yml')
  const full = [...rules.matchAll(/siteward_stage_room\{stage=~?"([\w|]+)"\} == 0/g)].map(
    ([, names]) => names,
  )
  const [, named = ''] = text('server/monitor/pace/stage.ts').match(/readonly name: (.+)/) ?? []
  expect(full.join('|').split('|').sort()).toEqual(named.replaceAll(/[' ]/g, '').split('|').sort())
  expect(full).toContain('read')
})

test('every metric that the program tells is explained, and shown or watched', () => {
  const [rules, dashboard] = ['siteward.rules.yml', 'grafana.json'].map((f) => text(`deploy/prometheus/${f}`))
  const isIn = (file: string, name: string) => new RegExp(`\\b${name}(_bucket)?\\b`).test(file)
  expect(OWN.filter((name) => !isIn(text('docs/operations.md'), name))).toEqual([])
  expect(OWN.filter((name) => !isIn(`${rules} ${dashboard}`, name))).toEqual([])
})

test('a unit lets the program do what V8 and a browser ask for, and refuses the rest instead of killing', () => {
  const unit = text('deploy/systemd/siteward@.service')
  expect(unit, 'pkey_alloc, at the start of V8').toMatch(/^SystemCallFilter=@system-service @pkey$/m)
  expect(unit).toMatch(/^SystemCallErrorNumber=EPERM$/m)
  const browser = text('deploy/systemd/siteward@render.service.d/browser.conf')
  const [, allowed = ''] = browser.match(/^SystemCallFilter=(.+)$/m) ?? []
  // What a Chromium shuts itself in by; the group @sandbox is newer than systemd 252.
  expect(allowed.split(' ')).toEqual(expect.arrayContaining(['@mount', 'chroot', 'seccomp']))
  expect(allowed).not.toContain('@sandbox')
})

test('in containers somebody buries what the browser leaves, and no log fills the disk', () => {
  const compose = text('deploy/compose.yaml')
  expect(compose).toMatch(/^x-siteward: &siteward\n(?: {2}.*\n)*? {2}init: true\n/m)
  const services = [
    ...(compose.split('\nservices:\n')[1] ?? '').matchAll(/^ {2}(\w+):\n((?: {4}.*\n|\n)+)/gm),
  ]
  const unbounded = services.filter(([, , body = '']) => !/<<: \*siteward|logging: \*logging/.test(body))
  expect(services.length).toBeGreaterThan(5)
  expect(unbounded.map(([, name]) => name)).toEqual([])
})

test('the screens that lag are told by those that have facts, by their time, not by how many there are', () => {
  const [rules, dashboard] = ['siteward.rules.yml', 'grafana.json'].map((f) => text(`deploy/prometheus/${f}`))
  const screens = 'siteward_fact_seq{job=~"siteward-(web|all)"}'
  expect(rules).toContain(`max(${screens} offset 1m) - min(${screens}) > 0`)
  const [panel] = JSON.parse(dashboard ?? '').panels.flatMap((one: { targets?: { expr: string }[] }) =>
    (one.targets ?? []).filter(({ expr }) => expr.includes('siteward_fact_seq')),
  )
  // Without scalar() nothing has the same labels, and the panel stays empty.
  expect(panel.expr).toBe(`scalar(max(${screens})) - ${screens}`)
})

test('the ports of the files fit each other', () => {
  const { port } = parseConfig({}, [])
  expect(text('deploy/Dockerfile')).toContain(`EXPOSE ${port}\n`)
  expect(text('deploy/Dockerfile')).toContain(`PORT=${port} `)
  expect(text('deploy/nginx/upstream.compose.conf')).toContain(`server web:${port} `)
  expect(text('deploy/nginx/upstream.conf')).toContain(`server 127.0.0.1:${port} `)
})

test('the password that compose is given may hold any characters', () => {
  const [, connectionString = ''] = text('deploy/compose.yaml').match(/DATABASE_URL: (\S+)/) ?? []
  expect(connectionString).not.toContain('$')
  vi.stubEnv('PGPASSWORD', 'a@b:/%c')
  expect(new pg.Client({ connectionString })).toMatchObject({
    host: 'db',
    user: 'siteward',
    password: 'a@b:/%c',
  })
  vi.unstubAllEnvs()
})

test('every file and command that the files of deploy/ name is there', () => {
  const scripts = Object.keys(JSON.parse(text('package.json')).scripts)
  for (const file of deployed) {
    for (const [, script = ''] of text(file).matchAll(/npm run (?:-s )?([\w:]+)/g)) {
      expect(scripts, file).toContain(script)
    }
    for (const [, program = ''] of text(file).matchAll(/--(?:run|built) (\w+)/g)) {
      expect(text('vite.config.ts'), file).toContain(`        ${program}: `)
    }
  }
  for (const [, source = ''] of text('deploy/compose.yaml').matchAll(/- \.\/([\w./-]+\.conf):/g)) {
    expect(deployed).toContain(`deploy/${source}`)
  }
  // Each file is told of in the folder's page.
  for (const file of deployed.filter((one) => one !== 'deploy/README.md')) {
    expect(text('deploy/README.md')).toContain(file.slice(file.lastIndexOf('/') + 1))
  }
})

/** Where the pages of this folder and of the README have people put what is secret or personal. */
const SECRET = [
  '.env',
  'deploy/.env',
  'deploy/siteward.env',
  'deploy/secrets.key',
  'deploy/keys/secrets.key',
  'deploy/tls/siteward.key',
  'deploy/tls/siteward.crt',
  'siteward.backup',
  'deploy/siteward.backup.partial',
  'deploy/backups/siteward-20261129-022000.backup',
]

test('a new key can be written beside the old one by the user of the service', () => {
  const page = text('deploy/README.md')
  expect(page).toMatch(/^install -d -o 1000 -m 700 (\S+ )*deploy\/keys /m)
  const [, file = ''] = text('.env.example').match(/SECRETS_KEY_FILE=(\S+)/) ?? []
  const [, owned = ''] = page.match(/^install -d -o siteward -m 700 (.+)$/m) ?? []
  expect(owned.split(' ')).toContain(dirname(file))
  expect(page).toContain(`install -o siteward -m 600 /dev/stdin ${file} `)
  const compose = text('deploy/compose.yaml')
  const [, inside = ''] = compose.match(/SECRETS_KEY_FILE: (\S+)/) ?? []
  expect(compose).toContain(`- ./keys:${dirname(inside)}\n`)
  expect(page).toContain(`/dev/stdin deploy/keys/${basename(inside)}\n`)
})

test('compose gives PostgreSQL what a nation is measured with, and the page of operations says so', () => {
  const [, command = '[]'] = text('deploy/compose.yaml').match(/^ {4}command: (\["-c", .*\])$/m) ?? []
  expect(JSON.parse(command)).toEqual(NATION.flatMap((setting) => ['-c', setting]))
  for (const [name, value] of NATION.map((setting) => setting.split('='))) {
    expect(text('docs/operations.md')).toContain(`| \`${name}\` | ${value} |`)
  }
})

test('compose makes a backup every night, in a folder that the user of the image may write to', () => {
  const [, backup = ''] = text('deploy/compose.yaml').match(/^ {2}backup:\n((?: {4}.*\n)+)/m) ?? []
  expect(backup, 'it is not up with the others, and ends').toMatch(
    /profiles: \[backup\]\n {4}restart: "no"\n/,
  )
  const [, folder = ''] = backup.match(/- \.\/backups:(\S+)\n/) ?? []
  expect(backup).toContain(`--built backup -- "${folder}/`)
  expect(backup).toContain(`find ${folder} `)
  const page = text('deploy/README.md')
  expect(text('deploy/Dockerfile'), 'whose number is 1000').toContain('USER node\n')
  expect(page).toMatch(/^install -d -o 1000 -m 700 (\S+ )*deploy\/backups /m)
  expect(page).toMatch(/^[\d* ]+ root docker compose -f \S+\/deploy\/compose\.yaml run --rm -T backup$/m)
})

test('keys, settings, registers and backups get neither into the image nor into the repository', () => {
  const isLeftOut = leftOutBy(text('deploy/Dockerfile.dockerignore'))
  expect([...SECRET, 'sites.csv', 'lists/sites.xlsx', 'wall.pem'].filter((file) => !isLeftOut(file))).toEqual(
    [],
  )
  const needed = ['.env.example', 'package.json', 'deploy/README.md', 'server/app/main.ts', 'web/main.ts']
  expect(needed.filter(isLeftOut)).toEqual([])
  // A pattern without a slash in it is one for every folder.
  const ignored = text('.gitignore')
    .replaceAll(/^(?=[^/\n]+$)/gm, '**/')
    .replaceAll(/^\//gm, '')
  expect(SECRET.filter((file) => !leftOutBy(ignored)(file))).toEqual([])
})

/** By the patterns of a list of what is ignored; the last one that fits decides. */
function leftOutBy(list: string): (file: string) => boolean {
  const patterns = list
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const glob = line.replace(/^!/, '').replace(/\/$/, '').replaceAll('.', '\\.')
      const fits = glob.replaceAll(/\*\*\/|\*/g, (stars) => (stars === '*' ? '[^/]*' : '(?:.*/)?'))
      return { fits: new RegExp(`^${fits}(?:/|$)`), isOut: !line.startsWith('!') }
    })
  return (file) => patterns.findLast(({ fits }) => fits.test(file))?.isOut ?? false
}

test('the image holds what the roles of the files ask for', () => {
  for (const [, role = ''] of text('deploy/compose.yaml').matchAll(/"--role", "(\w+)"/g)) {
    expect(parseConfig({ DATABASE_URL: 'postgres://db/siteward' }, ['--role', role]).role).toBe(role)
  }
})
