import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { join } from 'node:path'
import { io } from 'socket.io-client'
import { atMost, type Figure } from '../bench/figure.ts'
import { freePort } from '../support/databases/postgres-server.ts'
import { ROOT, startProduct, temporaryFolder } from '../support/product/product.ts'
import { until } from '../support/until.ts'
import type { FaultPart } from './part.ts'
import { Place } from './place.ts'

/** The configuration of `deploy/`, at other ports and paths. */
async function startNginx(ports: readonly number[]) {
  const folder = temporaryFolder()
  const [plain, secure] = [await freePort(), await freePort()]
  const [key, crt] = [join(folder, 'siteward.key'), join(folder, 'siteward.crt')]
  const subject = ['-subj', '/CN=localhost', '-days', '2', '-nodes', '-keyout', key, '-out', crt]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject], { stdio: 'ignore' })
  const conf = readFileSync(join(ROOT, 'deploy/nginx/siteward.conf'), 'utf8')
    .replaceAll('/etc/nginx/tls', folder)
    .replaceAll('/etc/nginx/', `${folder}/`)
    .replace(/listen \[::\].*\n/g, '')
    .replace('listen 80;', `listen ${plain};`)
    .replace('listen 443 ssl;', `listen ${secure} ssl;`)
  writeFileSync(join(folder, 'siteward.conf'), conf)
  const servers = ports.map((port) => `server 127.0.0.1:${port} max_fails=2 fail_timeout=5s;\n`)
  writeFileSync(join(folder, 'siteward-upstream.conf'), servers.join(''))
  const main = `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {} http { access_log off;
    client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; include ${folder}/siteward.conf; }`
  writeFileSync(join(folder, 'nginx.conf'), main)
  mkdirSync(join(folder, 'body'))
  execFileSync('chmod', ['-R', 'a+rwX', folder])
  const child = spawn('nginx', ['-c', join(folder, 'nginx.conf')], { stdio: 'inherit' })
  return { child, origin: `https://localhost:${secure}` }
}

const hasNginx = (): boolean => {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A request through the proxy. @returns its status, or 0 */
function ask(origin: string, path: string, cookie = ''): Promise<number> {
  return new Promise((resolve) => {
    const request = get(`${origin}${path}`, { rejectUnauthorized: false, headers: { cookie } }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode ?? 0))
    })
    request.on('error', () => resolve(0))
  })
}

/** Two web processes behind a real nginx: one is killed while a browser looks on, and nobody who only reads is refused. */
export const proxy: FaultPart = async ({ say }) => {
  if (!hasNginx()) {
    say('left out: there is no nginx here')
    return [{ name: 'a web process killed behind nginx', value: 'left out', target: '', ok: null }]
  }
  const place = await Place.open({ env: { TRUST_PROXY: '1', PUBLIC_ORIGIN: 'https://localhost' } })
  const env = {
    ...place.city.env,
    DATABASE_URL: place.postgres.url(),
    TRUST_PROXY: '1',
    PUBLIC_ORIGIN: 'https://localhost',
  }
  const second = await startProduct({ env, args: ['--role', 'web'] })
  await second.ready()
  const { child, origin } = await startNginx([place.product('web').port, second.port])
  await until('the proxy answers', async () => (await ask(origin, '/healthz')) === 200, 20_000)
  const { cookie } = place.session
  const sockets = Array.from({ length: 20 }, () =>
    io(origin, {
      transports: ['websocket'],
      rejectUnauthorized: false,
      forceNew: true,
      extraHeaders: { cookie, origin: 'https://localhost' },
    }),
  )
  await until('all browsers are connected', () => sockets.every(({ connected }) => connected), 30_000)
  say('20 browsers are connected through nginx')
  let [asked, refused, isOver] = [0, 0, false]
  const reading = (async () => {
    while (!isOver) {
      asked++
      if ((await ask(origin, '/api/alerts', cookie)) !== 200) refused++
    }
  })()
  await place.product('web').kill()
  await new Promise((resolve) => setTimeout(resolve, 10_000))
  await until('all browsers are connected again', () => sockets.every(({ connected }) => connected), 30_000)
  isOver = true
  await reading
  const hidden = [await ask(origin, '/metrics'), await ask(origin, '/readyz')]
  for (const socket of sockets) socket.close()
  child.kill('SIGTERM')
  await second.stop()
  await (await place.start('web')).ready()
  await place.settle()
  const figures: Figure[] = [
    atMost(`… of ${asked} requests through nginx refused`, refused, 0, ''),
    atMost('… pages for machines that it shows', hidden.filter((status) => status !== 404).length, 0, ''),
  ]
  return [...(await place.close('one of two web processes killed behind nginx')), ...figures]
}
