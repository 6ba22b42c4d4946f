import * as oidc from 'openid-client'
import type { ProviderRefusal } from '../../../shared/people/accounts/accounts.ts'
import type { ProviderConfig } from '../../base/config.ts'

/** The provider's clock may differ by so much. */
const TOLERANCE_S = 60
const TIMEOUT_S = 10
const SCOPE = 'openid profile'

/** What a browser that was sent to the provider has to bring back; kept in its session, for one return. */
export interface ProviderRequest {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly origin: string
  /** Where in our pages it wanted to go. */
  readonly next: string
}

/** Who the provider says has signed in. */
export interface ProviderPerson {
  readonly issuer: string
  readonly subject: string
  readonly username: string | null
  readonly idToken: string
}

/** Why nobody came of it. */
export class ProviderError extends Error {
  readonly reason: ProviderRefusal
  constructor(reason: ProviderRefusal, cause: unknown) {
    super(`the sign-in provider: ${reason}`, { cause })
    this.reason = reason
  }
}

export interface Provider {
  /** Where to send a browser, and what to keep of it. @throws ProviderError down */
  begin(origin: string, next: string): Promise<{ url: URL; request: ProviderRequest }>
  /** Who came back to `path` (with its query). @throws ProviderError */
  finish(path: string, request: ProviderRequest): Promise<ProviderPerson>
  /** Where a browser ends its session at the provider; null where that has no such page. */
  leaveAt(idToken: string, origin: string): string | null
}

export const RETURN_PATH = '/api/session/provider/return'

/**
 * Sign-in by an OpenID Connect provider: code flow with PKCE, state and nonce. The provider is asked about itself
 * at the first sign-in, so that the program starts without it, and again after it could not be reached.
 */
export function createProvider(config: ProviderConfig): Provider {
  let known: oidc.Configuration | null = null

  async function discover(): Promise<oidc.Configuration> {
    if (known) return known
    const issuer = new URL(config.issuer)
    const found = await oidc
      .discovery(
        issuer,
        config.clientId,
        { [oidc.clockTolerance]: TOLERANCE_S },
        oidc.ClientSecretPost(config.clientSecret),
        {
          timeout: TIMEOUT_S,
          // Configured with plain HTTP, which is only let pass for this very machine.
          execute: issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [],
        },
      )
      .catch((error: unknown) => {
        throw new ProviderError('down', error)
      })
    known = found
    return found
  }

  return {
    async begin(origin, next) {
      const server = await discover()
      const request = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        origin,
        next,
      }
      const url = oidc.buildAuthorizationUrl(server, {
        redirect_uri: origin + RETURN_PATH,
        scope: SCOPE,
        state: request.state,
        nonce: request.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(request.verifier),
        code_challenge_method: 'S256',
      })
      return { url, request }
    },

    async finish(path, request) {
      const server = await discover()
      try {
        const tokens = await oidc.authorizationCodeGrant(server, new URL(path, request.origin), {
          expectedState: request.state,
          expectedNonce: request.nonce,
          pkceCodeVerifier: request.verifier,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (!claims || !tokens.id_token) throw new Error('the provider gave no ID token')
        return {
          issuer: claims.iss,
          subject: claims.sub,
          username: await usernameOf(server, claims, tokens.access_token),
          idToken: tokens.id_token,
        }
      } catch (error) {
        const reason = reasonOf(error)
        if (reason === 'down') known = null
        throw new ProviderError(reason, error)
      }
    },

    leaveAt(idToken, origin) {
      if (!known?.serverMetadata().end_session_endpoint) return null
      return oidc.buildEndSessionUrl(known, {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${origin}/sign-in`,
      }).href
    },
  }
}

/** Providers tell it in the ID token or only when asked. */
async function usernameOf(
  server: oidc.Configuration,
  claims: oidc.IDToken,
  accessToken: string,
): Promise<string | null> {
  const given = claims.preferred_username
  if (typeof given === 'string') return given
  if (!server.serverMetadata().userinfo_endpoint) return null
  const { preferred_username } = await oidc.fetchUserInfo(server, accessToken, claims.sub)
  return preferred_username ?? null
}

function reasonOf(error: unknown): ProviderRefusal {
  if (error instanceof oidc.AuthorizationResponseError) return 'denied'
  // `invalid_grant`: the code has run out, or was used.
  if (error instanceof oidc.ResponseBodyError) return error.status >= 500 ? 'down' : 'stale'
  if (error instanceof oidc.ClientError) {
    return error.code === 'OAUTH_TIMEOUT' || error.code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' ? 'down' : 'stale'
  }
  return 'down'
}
