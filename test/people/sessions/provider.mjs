import { createServer } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import Provider from 'oidc-provider'

/*
 * A real OpenID provider in a thread of its own, whose clock can be moved by `{ skewMs }` and which signs in
 * whoever `{ person: { sub, username } }` says, or nobody (`{ person: null }`).
 */

const realNow = Date.now
let skewMs = 0
Date.now = () => realNow() + skewMs

let person = { sub: 'nobody', username: 'nobody' }
const { clientId, clientSecret, redirectUri, signOutUri } = workerData
const server = createServer()
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        token_endpoint_auth_method: 'client_secret_post',
        redirect_uris: [redirectUri],
        post_logout_redirect_uris: [signOutUri],
      },
    ],
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    ttl: {
      AuthorizationCode: 60,
      AccessToken: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
      Grant: 600,
    },
    cookies: { keys: ['for tests only'] },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
    interactions: { url: (_ctx, interaction) => `/enter/${interaction.uid}` },
    findAccount: (_ctx, sub) => ({
      accountId: sub,
      claims: () => ({ sub, preferred_username: person?.username }),
    }),
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  server.on('request', (req, res) => {
    if (!req.url?.startsWith('/enter/')) return answer(req, res)
    const result = person
      ? { login: { accountId: person.sub } }
      : { error: 'access_denied', error_description: 'turned away' }
    provider.interactionFinished(req, res, result).catch((error) => res.writeHead(500).end(String(error)))
  })
  parentPort.postMessage({ issuer })
})

parentPort.on('message', (message) => {
  if ('skewMs' in message) skewMs = message.skewMs
  if ('person' in message) person = message.person
  parentPort.postMessage({ done: true })
})
