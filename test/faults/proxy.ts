import { io } from 'socket.io-client'
import { atMost, type Figure } from '../bench/figure.ts'
import { hasNginx, startNginx } from '../support/product/nginx.ts'
import { startProduct } from '../support/product/product.ts'
import { until } from '../support/until.ts'
import type { FaultPart } from './part.ts'
import { Place } from './place.ts'

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
  const nginx = await startNginx([place.product('web').port, second.port])
  const { origin, ask } = nginx
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
      if ((await ask('/api/alerts', cookie)).status !== 200) refused++
    }
  })()
  await place.product('web').kill()
  await new Promise((resolve) => setTimeout(resolve, 10_000))
  await until('all browsers are connected again', () => sockets.every(({ connected }) => connected), 30_000)
  isOver = true
  await reading
  const hidden = [await ask('/metrics'), await ask('/readyz')]
  for (const socket of sockets) socket.close()
  await nginx.stop()
  await second.stop()
  await (await place.start('web')).ready()
  await place.settle()
  const figures: Figure[] = [
    atMost(`… of ${asked} requests through nginx refused`, refused, 0, ''),
    atMost('… pages for machines that it shows', hidden.filter(({ status }) => status !== 404).length, 0, ''),
  ]
  return [...(await place.close('one of two web processes killed behind nginx')), ...figures]
}
