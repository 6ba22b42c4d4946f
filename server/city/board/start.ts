import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import type { User } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { isOwnOrigin } from '../../base/http/origin.ts'
import { createTurns, type Turns } from '../../base/turns.ts'
import type { Http } from '../../people/requests/http.ts'
import { shakeHandsInTurn } from '../sockets/connections.ts'
import { Doorman, shownBy } from '../sockets/doorman.ts'
import { CONNECT_MS, KNOWN_MS, LOOKED_UP_AGAIN_AT_ONCE, MAX_MESSAGE, MAX_SOCKETS } from '../sockets/limits.ts'
import type { LiveServer, LiveSocket } from '../sockets/listener.ts'
import { MESSAGE_COMPRESSION } from '../sockets/wire.ts'
import { Hub, type Visitor } from './hub.ts'

export interface Live {
  readonly hub: Hub
  /**
   * Looks up again who is behind every connection, and ends those of whom nothing is left.
   * @param userId behind those of this person alone, which waits for nobody else's.
   */
  readonly expel: (userId?: number) => Promise<void>
  readonly sockets: () => number
  readonly strangers: () => number
}

/** Starts the live plane on the HTTP server, which need not listen yet. */
export async function startLive(ctx: Context, server: HttpServer, http: Http): Promise<Live> {
  const io: LiveServer = new Server(server, {
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE,
    connectTimeout: CONNECT_MS,
    perMessageDeflate: MESSAGE_COMPRESSION,
    pingInterval: 15_000,
    pingTimeout: 10_000,
    allowRequest: (req, answer) => answer(null, isOwnOrigin(req, ctx.config)),
  })
  const doorman = new Doorman(ctx.config, http.sessionMiddleware, () => io.engine.clientsCount)
  io.engine.use(doorman.middleware)
  shakeHandsInTurn(server)
  const known = new Known<Visitor | null>()
  const turns = () => createTurns(LOOKED_UP_AGAIN_AT_ONCE, MAX_SOCKETS, 'common.busy')
  // Whose rights have ended does not wait behind all others, which takes long where they are thousands.
  const [all, named] = [turns(), turns()]
  const hub = await Hub.start(ctx, io, doorman, (socket) =>
    known.ask(shownBy(socket.request), () => visitorOf(socket, http)),
  )
  const lookAgain = async (again: Turns, userId?: number) => {
    known.forget()
    const asked = new Map<string, Promise<User | null>>()
    await hub.expel(({ request }) => {
      const shown = shownBy(request)
      const answer = asked.get(shown) ?? again.run('known', () => http.principalAgain(request))
      asked.set(shown, answer)
      return answer
    }, userId)
  }
  const everybody = inSeries(() => lookAgain(all))
  return {
    hub,
    sockets: () => io.engine.clientsCount,
    strangers: () => doorman.nobodies,
    expel: (userId) => (userId === undefined ? everybody() : lookAgain(named, userId)),
  }
}

async function visitorOf({ request }: LiveSocket, http: Http): Promise<Visitor | null> {
  const user = await http.principalOf(request)
  if (!user) return null
  const { wallLinkId } = (request as { session?: { wallLinkId?: number } }).session ?? {}
  return {
    user,
    who: user.id === 0 ? `wall ${wallLinkId}` : `person ${user.id}`,
    endsAt: (await http.endOf(request))?.getTime() ?? null,
  }
}

/** Calls `work` once at a time; who calls meanwhile waits for one more, together with all who do. */
function inSeries(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null
  const run = (): Promise<void> => {
    running = work().finally(() => {
      running = null
    })
    return running
  }
  return () => {
    if (!running) return run()
    next ??= running.then(() => {
      next = null
      return run()
    })
    return next
  }
}

/** What was asked just now, so that a wave of connections asks once. */
class Known<T> {
  readonly #answers = new Map<string, Promise<T>>()

  ask(key: string, ask: () => Promise<T>): Promise<T> {
    const kept = this.#answers.get(key)
    if (kept !== undefined) return kept
    const asked = ask()
    this.#answers.set(key, asked)
    setTimeout(() => {
      if (this.#answers.get(key) === asked) this.#answers.delete(key)
    }, KNOWN_MS).unref()
    return asked
  }

  forget(): void {
    this.#answers.clear()
  }
}
